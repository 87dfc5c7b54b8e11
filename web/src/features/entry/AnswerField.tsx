import { Link } from 'wouter-preact';
import { Later } from '~/components/Later';
import { Tag } from '~/components/Tag';
import { messages as question } from '~/features/question/messages';
import { QuestionField } from '~/features/question/QuestionField';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryField } from './api';
import { ClashNotice } from './Clash';
import { messages as entryMessages } from './messages';
import type { Answers } from './use-answers';
import { labelOf } from './words';

type Props = { entry: Entry; field: EntryField; answers: Answers; error?: string };

/** One question with its answer, and what a team-mate wrote meanwhile. */
export function AnswerField({ entry, field, answers, error }: Props) {
  const clash = answers.conflicts[field.id];
  if (field.frozen || answers.late[field.id] !== undefined) {
    const props = { entry, field, late: answers.late[field.id] };
    return <Later load={() => import('./FrozenAnswer')} messages={[question]} props={props} />;
  }
  return (
    <div class="stack">
      {clash ? <ClashNotice clash={clash} field={field} answers={answers} lang={entry.language} /> : null}
      <News field={field} />
      <QuestionField
        field={field}
        name={`fields.${field.key}`}
        value={answers.value(field.id)}
        onValue={(value) => answers.set(field.id, value)}
        onBlur={() => void answers.save.flush().catch(() => {})}
        error={error}
        lang={entry.language}
        zone={entry.challenge.dates.timeZone}
      />
      <Earlier entry={entry} field={field} />
    </div>
  );
}

/** The way to the texts that the answer had before. */
function Earlier({ entry, field }: { entry: Entry; field: EntryField }) {
  const t = useMessages(entryMessages);
  const language = useLanguage();
  const n = entry.answers.find((each) => each.fieldId === field.id)?.earlier ?? 0;
  if (n === 0) return null;
  return (
    <p class="small">
      <Link href={`/my/entries/${entry.id}/history/${field.key}`}>
        {t('earlier.link', { n })}
        <span class="visually-hidden"> {labelOf(field, language)}</span>
      </Link>
    </p>
  );
}

/** Marks a question that the team has not seen in this form yet. */
export function News({ field }: { field: EntryField }) {
  const t = useMessages(question);
  if (!field.news) return null;
  return (
    <p class="marks">
      <Tag tone="info">{t(`news.${field.news}`)}</Tag>
    </p>
  );
}
