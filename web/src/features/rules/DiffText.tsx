import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import type { Language } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Run, shortened, wordDiff } from './diff';
import { messages } from './messages';

type Props = { before: string; after: string; lang: Language };

/** A text with what went struck through and what came underlined; said in words to those who hear it. */
export function DiffText({ before, after, lang }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [whole, setWhole] = useState(false);
  const all = wordDiff(before, after, lang);
  const short = shortened(all);
  const cut = short.some((run, at) => run.text !== all[at]?.text);
  return (
    <>
      <p class="diff" lang={lang === language ? undefined : lang}>
        {(whole ? all : short).map((run, at) => (
          <Part key={`${at}${run.kind}`} run={run} />
        ))}
      </p>
      {cut ? (
        <p>
          <Button kind="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {t(whole ? 'diff.less' : 'diff.whole')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

function Part({ run }: { run: Run }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const said = (words: string) => (
    <span class="visually-hidden" lang={language}>
      {words}
    </span>
  );
  if (run.kind === 'gone') {
    return (
      <del>
        {said(t('diff.gone'))}
        {run.text}
        {said(t('diff.end'))}
      </del>
    );
  }
  if (run.kind === 'new') {
    return (
      <ins>
        {said(t('diff.new'))}
        {run.text}
        {said(t('diff.end'))}
      </ins>
    );
  }
  return <>{run.text}</>;
}
