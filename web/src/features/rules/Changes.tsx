import { LangText } from '~/components/LangText';
import { dateTimeZone } from '~/i18n/dates';
import { languageNames } from '~/i18n/languages';
import { type Translate, useLanguage, useMessages } from '~/i18n/use-messages';
import type { Change } from './api';
import { DiffText } from './DiffText';
import { messages } from './messages';
import type en from './messages/en.json';
import './rules.css';

type Props = {
  changes: Change[];
  /** The lead city's zone, in which dates count. */
  zone: string;
  /** Level of the headings. */
  level?: 2 | 3 | 4;
};

/** What differs between two versions: dates first, then texts word by word, criteria, questions of the form. */
export function Changes({ changes, zone, level = 3 }: Props) {
  const Heading = `h${level}` as const;
  return (
    <ul class="changes">
      {changes.map((change) => (
        <li key={`${change.part}${change.key}${change.aspect}${change.score ?? ''}${change.lang ?? ''}`}>
          <Heading>
            <Name change={change} />
          </Heading>
          <What change={change} zone={zone} />
        </li>
      ))}
    </ul>
  );
}

function What({ change, zone }: { change: Change; zone: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { part, aspect, before, after, lang } = change;
  const at = (iso: string) => dateTimeZone(new Date(iso), zone, language);
  if (part === 'grace') return <FromTo before={minutes(t, before)} after={minutes(t, after)} />;
  if (part === 'date') return <FromTo before={at(before)} after={at(after)} />;
  if (lang) return <DiffText before={before} after={after} lang={lang} />;
  if (aspect === 'weight' || aspect === 'scale') {
    return <FromTo before={unit(before, aspect)} after={unit(after, aspect)} />;
  }
  if (aspect === 'may_not_apply') return <p>{t(after === 'true' ? 'change.skip.yes' : 'change.skip.no')}</p>;
  if (part === 'field') return <p>{t(`change.field.${aspect as 'added' | 'removed' | 'asked'}`)}</p>;
  return (
    <p>
      {aspect === 'added' ? t('change.criterion.added', { weight: after }) : t('change.criterion.removed')}
    </p>
  );
}

function FromTo({ before, after }: { before: string; after: string }) {
  return (
    <p>
      <del>{before}</del> <span aria-hidden="true">→</span> <ins>{after}</ins>
    </p>
  );
}

function minutes(t: Translate<keyof typeof en>, n: string): string {
  return t('grace.minutes', { n: Number(n) });
}

function unit(value: string, aspect: string): string {
  return aspect === 'weight' ? `${value} %` : value;
}

function Name({ change }: { change: Change }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (change.part === 'grace') return <>{t('grace.change')}</>;
  if (change.part === 'date') return <>{t(`date.${change.key as 'opensAt'}`)}</>;
  const label = <LangText {...change.label} />;
  if (change.part === 'text') return label;
  const words = change.aspect;
  const what =
    words === 'anchor'
      ? t('change.anchor', { score: change.score ?? 0 })
      : words === 'weight' || words === 'scale' || words === 'name' || words === 'description'
        ? t(`change.${words}`)
        : t(change.part === 'field' ? 'change.field' : 'change.criterion');
  return (
    <>
      {label} <span class="muted">· {what}</span>
      {change.lang && change.lang !== language ? (
        <span class="muted">
          {' '}
          · <span lang={change.lang}>{languageNames[change.lang]}</span>
        </span>
      ) : null}
    </>
  );
}
