import { useMemo } from 'preact/hooks';
import { diff } from '~/lib/text-diff';
import './text-diff.css';

type Props = { before: string; after: string; lang: string };

/** What changed between two texts, word by word: struck through and underlined, never by colour alone. */
export function TextDiff({ before, after, lang }: Props) {
  const stretches = useMemo(() => diff(before, after, lang), [before, after, lang]);
  return (
    <p class="text-diff" dir="auto" lang={lang}>
      {stretches.map(({ kind, text }, at) => {
        if (kind === 'gone') return <del key={at}>{text}</del>;
        return kind === 'come' ? <ins key={at}>{text}</ins> : text;
      })}
    </p>
  );
}
