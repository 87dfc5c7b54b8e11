import { idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { AnswerText } from '~/features/question/AnswerText';
import { messages as question } from '~/features/question/messages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryField } from './api';

type Props = { entry: Entry; field: EntryField; late?: string };

/** An answer whose moment has passed: as it stands, and what was typed too late, so that it is not lost. */
export default function FrozenAnswer({ entry, field, late }: Props) {
  const t = useMessages(question);
  const language = useLanguage();
  const label = textIn(field.label as LocalText, language);
  const stands = entry.answers.find((each) => each.fieldId === field.id)?.value ?? '';
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
