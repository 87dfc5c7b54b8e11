import { useState } from 'preact/hooks';
import { api, ifMatch, okWithVersion } from '~/api/client';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { messages as admin } from '~/features/admin/messages';
import { kindName } from '~/features/admin/notice-kinds';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { partName } from '~/features/overtaken/part-name';
import { type Language, languages } from '~/i18n/languages';
import type { LocalText } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import { showToast } from '~/lib/toast';
import type { Standing } from '~/lib/use-draft';
import { useDraftForm } from '~/lib/use-draft-form';
import { type Contest, type Read, readContest, refresh } from './api';
import { messages } from './messages';

const longest = 2000;

function standing({ data: { mails, mailKinds }, etag }: Read): Standing<Record<string, string>> {
  const written = (kind: string) => mails.find((mail) => mail.kind === kind)?.text ?? {};
  const value = Object.fromEntries(
    mailKinds.flatMap((kind) => languages.map((lang) => [`${kind}_${lang}`, written(kind)[lang] ?? ''])),
  );
  return { value, version: etag };
}

/** The contest's own paragraphs, by kind of mail and language. */
export function MailsForm({ contest, etag }: { contest: Contest; etag: string }) {
  const t = useMessages(messages);
  const kinds = useMessages(admin);
  const [language, setLanguage] = useState<Language>(useLanguage());
  const { form, overtaken, take } = useDraftForm<Record<string, string>>({
    id: `mails-${contest.id}`,
    first: standing({ data: contest, etag }),
    failed: t('failed'),
    serverNames: Object.fromEntries(
      contest.mailKinds.flatMap((kind) =>
        languages.map((lang) => [`mails.${kind}.${lang}`, `${kind}_${lang}`]),
      ),
    ),
    send: async (v, version) => {
      const mails = contest.mailKinds.map((kind) => ({
        kind,
        text: Object.fromEntries(
          languages
            .filter((lang) => v[`${kind}_${lang}`]?.trim())
            .map((lang) => [lang, v[`${kind}_${lang}`]]),
        ) as LocalText,
      }));
      const saved = await okWithVersion(
        api.PUT('/manage/contests/{id}/mails', {
          params: { path: { id: contest.id }, header: ifMatch(String(version)) },
          body: { mails: mails.filter((mail) => Object.keys(mail.text).length > 0) },
        }),
      );
      return standing(saved);
    },
    read: async () => standing(await readContest(contest.id)),
    done: async () => {
      await refresh();
      showToast(t('saved'));
    },
  });
  const nameOf = ([name = '']: Path) => {
    const [kind = '', lang] = name.split('_');
    return partName([kindName(kinds, kind)], lang);
  };
  return (
    <Form form={form}>
      {overtaken ? <Overtaken found={overtaken} nameOf={nameOf} onTake={take} /> : null}
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
