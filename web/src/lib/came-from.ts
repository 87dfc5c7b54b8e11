/** The code of the campaign link that led here: it travels in the address and is kept nowhere else. */
export function cameFrom(): string | undefined {
  const code = new URLSearchParams(location.search).get('from');
  return code && /^[a-z0-9]{4,20}$/i.test(code) ? code.toLowerCase() : undefined;
}

/** The same for a link to the next page. */
export function fromQuery(code: string | undefined): string {
  return code ? `?from=${code}` : '';
}
