import { useState } from 'preact/hooks';
import { api, ifMatch, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { messages as admin } from '~/features/admin/messages';
import { kindName } from '~/features/admin/notice-kinds';
import { type Language, languages } from '~/i18n/languages';
import type { LocalText } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Contest, refresh } from './api';
import { messages } from './messages';

const longest = 2000;

/** The contest's own paragraphs, by kind of mail and language. */
export function MailsForm({ contest, etag }: { contest: Contest; etag: string }) {
  const t = useMessages(messages);
  const kinds = useMessages(admin);
  const [language, setLanguage] = useState<Language>(useLanguage());
  const written = (kind: string) => contest.mails.find((mail) => mail.kind === kind)?.text ?? {};
  const initial: Record<string, string> = Object.fromEntries(
    contest.mailKinds.flatMap((kind) =>
      languages.map((lang) => [`${kind}_${lang}`, written(kind)[lang] ?? '']),
    ),
  );
  const form = useForm({
    id: `mails-${contest.id}-${etag}`,
    initial,
    failed: t('failed'),
    serverNames: Object.fromEntries(
      contest.mailKinds.flatMap((kind) =>
        languages.map((lang) => [`mails.${kind}.${lang}`, `${kind}_${lang}`]),
      ),
    ),
    submit: async (v) => {
      const mails = contest.mailKinds.map((kind) => ({
        kind,
        text: Object.fromEntries(
          languages
            .filter((lang) => v[`${kind}_${lang}`]?.trim())
            .map((lang) => [lang, v[`${kind}_${lang}`]]),
        ) as LocalText,
      }));
      await ok(
        api.PUT('/manage/contests/{id}/mails', {
          params: { path: { id: contest.id }, header: ifMatch(etag) },
          body: { mails: mails.filter((mail) => Object.keys(mail.text).length > 0) },
        }),
      );
      await refresh();
      showToast(t('saved'));
    },
  });
  return (
    <Form form={form}>
      <Select
        name="mailLanguage"
        label={t('language.field')}
        bare
        value={language}
        onValue={(value) => setLanguage(value as Language)}
        options={languages.map((value) => ({ value, label: t(`lang.${value}`) }))}
      />
      {contest.mailKinds.map((kind) => (
        <TextArea
          key={kind}
          {...form.field(`${kind}_${language}`)}
          label={t('mails.text', { kind: kindName(kinds, kind), language: t(`lang.${language}`) })}
          lang={language}
          rows={3}
          limit={longest}
          optional
        />
      ))}
      <SubmitButton busy={form.busy}>{t('save')}</SubmitButton>
    </Form>
  );
}
