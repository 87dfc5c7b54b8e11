import type { Language } from '~/i18n/languages';

/** A paragraph, or the items of a list; each by its lines. */
type Block = { list: boolean; items: string[][] };

/** Lines that begin with "- " are a list, with what follows up to the next one or an empty line. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of text.split('\n')) {
    const item = /^[-*•] +(.*)/.exec(line)?.[1];
    if (line.trim() === '') {
      open = undefined;
    } else if (item !== undefined) {
      if (!open?.list) {
        open = { list: true, items: [] };
        blocks.push(open);
      }
      open.items.push([item]);
    } else {
      if (!open) {
        open = { list: false, items: [[]] };
        blocks.push(open);
      }
      open.items.at(-1)?.push(line.trim());
    }
  }
  return blocks;
}

/** Plain text as it was typed, its lists as lists. */
export function Lines({ text, lang }: { text: string; lang?: Language }) {
  return (
    <div class="source stack" lang={lang}>
      {blocksOf(text).map(({ list, items }) => {
        const shown = items.map((lines) => lines.join('\n'));
        if (!list) return <p key={shown[0]}>{shown[0]}</p>;
        return (
          <ul key={shown[0]}>
            {shown.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        );
      })}
    </div>
  );
}
