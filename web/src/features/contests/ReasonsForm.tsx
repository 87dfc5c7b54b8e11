import { useState } from 'preact/hooks';
import { api, ifMatch, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { type Language, languages } from '~/i18n/languages';
import type { LocalText } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Contest, refresh } from './api';
import { messages } from './messages';

type Reason = { key?: string; label: LocalText };

// The reason that no list foresees; it is always there and asks for the official's own words.
const other = 'other';
const most = 30;
const longest = 200;

/** The contest's own list of why an entry can fail the check of eligibility. */
export function ReasonsForm({ contest, etag }: { contest: Contest; etag: string }) {
  const t = useMessages(messages);
  const [language, setLanguage] = useState<Language>(useLanguage());
  const first = contest.screeningReasons.map((reason) => reason.key ?? '');
  const initial: Record<string, string | string[]> = { rows: first };
  for (const reason of contest.screeningReasons)
    for (const lang of languages) initial[`${reason.key}.${lang}`] = reason.label[lang] ?? '';
  const put = async (reasons: Reason[]) => {
    await ok(
      api.PUT('/manage/contests/{id}/reasons', {
        params: { path: { id: contest.id }, header: ifMatch(etag) },
        body: { reasons },
      }),
    );
    await refresh();
    showToast(t('saved'));
  };
  const form = useForm<Record<string, string | string[]>>({
    id: `reasons-${contest.id}-${etag}`,
    initial,
    failed: t('failed'),
    check: (v) =>
      Object.fromEntries(
        (v.rows as string[]).flatMap((row) => {
          const words = languages.map((lang) => String(v[`${row}.${lang}`] ?? '').trim());
          const long = words.findIndex((each) => [...each].length > longest);
          if (long >= 0) return [[`${row}.${languages[long]}`, t('reasons.long', { n: longest })]];
          return words.some(Boolean) ? [] : [[`${row}.${language}`, t('reasons.missing')]];
        }),
      ),
    submit: (v) =>
      put(
        (v.rows as string[]).map((row) => ({
          key: first.includes(row) ? row : undefined,
          label: Object.fromEntries(
            languages
              .map((lang) => [lang, String(v[`${row}.${lang}`] ?? '').trim()])
              .filter(([, words]) => words),
          ),
        })),
      ),
  });
  const rows = form.values.rows as string[];
  return (
    <Form form={form}>
      <p class="muted">{t(contest.ownReasons ? 'reasons.own' : 'reasons.usual')}</p>
      <Select
        name="reasonLanguage"
        label={t('language.field')}
        bare
        value={language}
        onValue={(value) => setLanguage(value as Language)}
        options={languages.map((value) => ({ value, label: t(`lang.${value}`) }))}
      />
      {rows.map((row, at) => (
        <div key={row} class="stack contest-reason">
          <TextInput
            {...form.field(`${row}.${language}`)}
            label={t('reasons.reason', { n: at + 1, language: t(`lang.${language}`) })}
            hint={row === other ? t('reasons.other') : undefined}
            lang={language}
            bare
          />
          {row === other ? null : (
            <p>
              <Button
                kind="link"
                onClick={() =>
                  form.set(
                    'rows',
                    rows.filter((each) => each !== row),
                  )
                }
              >
                {t('reasons.remove', { n: at + 1 })}
              </Button>
            </p>
          )}
        </div>
      ))}
      {rows.length < most ? (
        <p>
          <Button
            kind="outline"
            onClick={() => form.set('rows', added(rows, `new-${crypto.randomUUID().slice(0, 8)}`))}
          >
            {t('reasons.add')}
          </Button>
        </p>
      ) : null}
      <p class="actions">
        <SubmitButton busy={form.busy}>{t('reasons.save')}</SubmitButton>
        {contest.ownReasons ? (
          <Button
            kind="link"
            onClick={() => put([]).catch((failure) => showToast(failure?.message ?? t('failed')))}
          >
            {t('reasons.back')}
          </Button>
        ) : null}
      </p>
    </Form>
  );
}

/** A new row stands before the last one, which is for everything else. */
function added(rows: string[], row: string): string[] {
  const last = rows.at(-1);
  return last === other ? [...rows.slice(0, -1), row, last] : [...rows, row];
}
