import { LangText } from '~/components/LangText';
import { languageNames } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import type { ChallengeDetail } from './api';
import { messages } from './messages';

type Props = { fields: ChallengeDetail['form']; languages: ChallengeDetail['entryLanguages'] };

/** What an entry is asked for, so that a team can judge the work before it signs up. */
export function FormOutline({ fields, languages }: Props) {
  const t = useMessages(messages);
  if (fields.length === 0) return null;
  return (
    <section class="section" aria-labelledby="form">
      <h2 id="form">{t('challenge.questions')}</h2>
      <div class="prose">
        <ul>
          {fields.map((field) => (
            <li key={field.key}>
              <LangText {...field.label} />{' '}
              <span class="label-note">{t(field.required ? 'form.required' : 'form.optional')}</span>
            </li>
          ))}
        </ul>
      </div>
      <p>
        <span class="muted">{t('challenge.languages')}</span>{' '}
        {languages.map((each, at) => (
          <>
            {at > 0 ? ' · ' : null}
            <span class="nowrap" lang={each}>
              {languageNames[each]}
            </span>
          </>
        ))}
      </p>
    </section>
  );
}
