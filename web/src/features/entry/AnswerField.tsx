import { Later } from '~/components/Later';
import { Tag } from '~/components/Tag';
import { messages as question } from '~/features/question/messages';
import { QuestionField } from '~/features/question/QuestionField';
import { useMessages } from '~/i18n/use-messages';
import type { Entry, EntryField } from './api';
import { ClashNotice } from './Clash';
import type { Answers } from './use-answers';

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
    </div>
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
