/** A place, or a link that can be followed. */
export function Place({ text }: { text: string }) {
  return /^https:\/\/\S+$/.test(text) ? (
    <a href={text} target="_blank" rel="noreferrer">
      {text}
    </a>
  ) : (
    <span>{text}</span>
  );
}
