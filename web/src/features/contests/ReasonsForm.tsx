import { useState } from 'preact/hooks';
import { api, ifMatch, okWithVersion } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
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

type Reason = { key?: string; label: LocalText };

// The reason that no list foresees; it is always there and asks for the official's own words.
const other = 'other';
// How rows are named that the server does not know yet.
const fresh = 'new-';
const most = 30;
const longest = 200;

type Values = Record<string, string | string[]>;

function standing({ data, etag }: Read): Standing<Values> {
  const value: Values = { rows: data.screeningReasons.map((reason) => reason.key ?? '') };
  for (const reason of data.screeningReasons)
    for (const lang of languages) value[`${reason.key}.${lang}`] = reason.label[lang] ?? '';
  return { value, version: etag };
}

/** The contest's own list of why an entry can fail the check of eligibility. */
export function ReasonsForm({ contest, etag }: { contest: Contest; etag: string }) {
  const t = useMessages(messages);
  const [language, setLanguage] = useState<Language>(useLanguage());
  const nameOf = ([name = '']: Path) => {
    const [row = '', lang] = name.split('.');
    if (row === 'rows') return partName([t('reasons')]);
    const at = (form.values.rows as string[]).indexOf(row);
    return partName([String(form.values[`${row}.${language}`] || at + 1)], lang);
  };
  const put = async (reasons: Reason[], version: string) =>
    standing(
      await okWithVersion(
        api.PUT('/manage/contests/{id}/reasons', {
          params: { path: { id: contest.id }, header: ifMatch(version) },
          body: { reasons },
        }),
      ),
    );
  const read = async () => standing(await readContest(contest.id));
  const done = async () => {
    await refresh();
    showToast(t('saved'));
  };
  const { form, overtaken, take } = useDraftForm<Values>({
    id: `reasons-${contest.id}`,
    first: standing({ data: contest, etag }),
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
    send: (v, version) =>
      put(
        (v.rows as string[]).map((row) => ({
          key: row.startsWith(fresh) ? undefined : row,
          label: Object.fromEntries(
            languages
              .map((lang) => [lang, String(v[`${row}.${lang}`] ?? '').trim()])
              .filter(([, words]) => words),
          ),
        })),
        String(version),
      ),
    read,
    done,
  });
  const usual = async () => {
    try {
      form.reset((await put([], etag)).value);
      await done();
    } catch (failure) {
      showToast(failure instanceof ProblemError ? failure.message : t('failed'));
      await refresh();
    }
  };
  const rows = form.values.rows as string[];
  return (
    <Form form={form}>
      {overtaken ? <Overtaken found={overtaken} nameOf={nameOf} onTake={take} /> : null}
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
            onClick={() => form.set('rows', added(rows, `${fresh}${crypto.randomUUID().slice(0, 8)}`))}
          >
            {t('reasons.add')}
          </Button>
        </p>
      ) : null}
      <p class="actions">
        <SubmitButton busy={form.busy}>{t('reasons.save')}</SubmitButton>
        {contest.ownReasons ? (
          <Button kind="link" onClick={() => void usual()}>
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
