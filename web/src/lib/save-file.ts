/** Hands a file to the browser as a download: a text is saved byte for byte, as UTF-8. */
export function saveFile(content: Blob | string, name: string): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content]) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun once the click is over, but not in every browser at once.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Saves a table. Reading the answer as text took its byte order mark away; Excel needs it to see that the
 * file is UTF-8.
 */
export function saveTable(text: string, name: string): void {
  saveFile(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }), name);
}

/** The file name in a Content-Disposition header, by RFC 6266: the encoded one first. */
export function nameInDisposition(header: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (encoded) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      // Not encoded as it says: the plain name is left.
    }
  }
  return /filename="([^"]*)"/i.exec(header ?? '')?.[1] || undefined;
}
