import { TextArea } from '~/components/TextArea';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Form, Values } from '~/lib/use-form';
import { messages } from './messages';

/** Why the rules change, in the language that counts and, where one likes, in the others. */
export function Reasons<V extends Values>({
  form,
  language,
}: {
  form: Pick<Form<V>, 'field'>;
  language: Language;
}) {
  const t = useMessages(messages);
  const reader = useLanguage();
  const order = [language, ...languages.filter((each) => each !== language)];
  return (
    <>
      {order.map((each) => (
        <TextArea
          key={each}
          {...form.field(`reason.${each}` as keyof V & string)}
          label={t(each === language ? 'reason' : 'reason.in', {
            language: new Intl.DisplayNames(reader, { type: 'language' }).of(each) ?? languageNames[each],
          })}
          hint={each === language ? t('reason.hint') : undefined}
          optional={each !== language}
          lang={each}
          rows={each === language ? 4 : 2}
          limit={2000}
        />
      ))}
    </>
  );
}
