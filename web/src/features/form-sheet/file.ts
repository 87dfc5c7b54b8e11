import type { components } from '~/api/schema';
import { saveFile } from '~/lib/save-file';

export type Report = components['schemas']['JuryFormReport'];
export type Row = Report['rows'][number];

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Hands a file that came as Base64 to the browser as a download. */
export function download({ name, content }: components['schemas']['JuryFormFile']): void {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  saveFile(new Blob([bytes], { type }), name);
}

/** A file as Base64. */
export async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
