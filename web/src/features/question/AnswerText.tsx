import { useEffect, useState } from 'preact/hooks';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Question } from './check';
import { messages } from './messages';
import { optionTexts, sayValue } from './words';
import './question.css';

type Props = {
  field: Pick<Question, 'kind' | 'options'> & { unit?: Question['unit'] };
  value: string;
  /** The language that the entry is written in. */
  lang: string;
};

/** A typed answer to read: options by their words, numbers and dates as the reader writes them. */
export function AnswerText({ field, value, lang }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (!value.trim()) return <p class="muted">{t('empty')}</p>;
  const options = optionTexts(field, value, language);
  if (options.length === 1 && field.kind === 'choice') {
    return <p lang={options[0]?.lang === language ? undefined : options[0]?.lang}>{options[0]?.text}</p>;
  }
  if (options.length > 0) {
    return (
      <ul class="answer-options">
        {options.map((each) => (
          <li key={each.text} lang={each.lang === language ? undefined : each.lang}>
            {each.text}
          </li>
        ))}
      </ul>
    );
  }
  if (field.kind === 'number' || field.kind === 'date') return <p>{sayValue(field, value, language)}</p>;
  const written = lang === language ? undefined : lang;
  if (field.kind === 'long' && signs.test(value)) return <Long value={value} lang={written} />;
  return <Typed value={value} lang={written} />;
}

type Written = { value: string; lang?: string };

function Typed({ value, lang }: Written) {
  return (
    <p class="answer-text" dir="auto" lang={lang}>
      {value}
    </p>
  );
}

// Signs that mean something in Markdown: a text without them reads the same as it was typed.
const signs = /[*_`#[>~|]|^\s*(?:[-+]|\d+[.)])\s/m;

/** Formatted as soon as what does it is here; until then as it was typed. */
function Long(written: Written) {
  const [Part, setPart] = useState<typeof import('./LongAnswer').default>();
  useEffect(() => {
    import('./LongAnswer').then((found) => setPart(() => found.default)).catch(() => {});
  }, []);
  return Part ? <Part {...written} /> : <Typed {...written} />;
}
