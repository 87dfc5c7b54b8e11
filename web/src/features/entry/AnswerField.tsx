import { Button } from '~/components/Button';
import { idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { AnswerText } from '~/features/question/AnswerText';
import { messages as question } from '~/features/question/messages';
import { QuestionField } from '~/features/question/QuestionField';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryAnswer, EntryField } from './api';
import { messages } from './messages';
import type { Answers } from './use-answers';

type Props = { entry: Entry; field: EntryField; answers: Answers; error?: string };

/** One question with its answer, and what a team-mate wrote meanwhile. */
export function AnswerField({ entry, field, answers, error }: Props) {
  const clash = answers.conflicts[field.id];
  if (field.frozen || answers.late[field.id] !== undefined) {
    return <FrozenAnswer entry={entry} field={field} answers={answers} />;
  }
  return (
    <div class="stack">
      {clash ? <Clash clash={clash} field={field} answers={answers} lang={entry.language} /> : null}
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

/** An answer whose moment has passed: as it stands, and what was typed too late, so that it is not lost. */
function FrozenAnswer({ entry, field, answers }: Props) {
  const t = useMessages(question);
  const language = useLanguage();
  const label = textIn(field.label as LocalText, language);
  const stands = entry.answers.find((each) => each.fieldId === field.id)?.value ?? '';
  const late = answers.late[field.id];
  return (
    <div class="field" id={idOf(`fields.${field.key}`)} tabIndex={-1}>
      <p class="label">
        <LangText {...label} />
      </p>
      {field.frozenAfter ? (
        <p class="hint">
          {t(stands.trim() ? 'frozen' : 'frozen.closed')}{' '}
          <When at={field.frozenAfter} zone={entry.challenge.dates.timeZone} />
        </p>
      ) : null}
      <AnswerText field={field} value={stands} lang={entry.language} />
      {late?.trim() ? (
        <Notice tone="warning" live title={t('frozen.late')}>
          <AnswerText field={field} value={late} lang={entry.language} />
        </Notice>
      ) : null}
    </div>
  );
}

type ClashProps = { clash: EntryAnswer; field: EntryField; answers: Answers; lang: string };

/** Both texts, and the choice: nothing is written over either before somebody decides. */
function Clash({ clash, field, answers, lang }: ClashProps) {
  const t = useMessages(messages);
  return (
    <Notice tone="warning" live title={t('clash.title', { name: clash.updatedBy ?? t('clash.somebody') })}>
      <p>
        {t('clash.theirs')} <When at={clash.updatedAt} short />
      </p>
      <blockquote>
        <AnswerText field={field} value={clash.value} lang={lang} />
      </blockquote>
      <p>{t('clash.yours')}</p>
      <blockquote>
        <AnswerText field={field} value={answers.value(field.id)} lang={lang} />
      </blockquote>
      <p class="actions">
        <Button kind="outline" onClick={() => answers.keepOurs(field.id)}>
          {t('clash.keep')}
        </Button>
        <Button kind="outline" onClick={() => answers.takeTheirs(field.id)}>
          {t('clash.take')}
        </Button>
      </p>
    </Notice>
  );
}
