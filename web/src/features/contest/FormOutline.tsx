import { LangText } from '~/components/LangText';
import { languageNames } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { ChallengeDetail } from './api';
import { messages } from './messages';

type Props = { fields: ChallengeDetail['form']; languages: ChallengeDetail['entryLanguages'] };

/** What an entry is asked for, so that a team can judge the work before it signs up. */
export function FormOutline({ fields, languages }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (fields.length === 0) return null;
  const names = new Intl.ListFormat(language, { style: 'narrow' }).format(
    languages.map((each) => languageNames[each]),
  );
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
        <span class="muted">{t('challenge.languages')}</span> {names}
      </p>
    </section>
  );
}
