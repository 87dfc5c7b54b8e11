import { Link, useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Disclosure } from '~/components/Disclosure';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { CriterionFields } from '~/features/manage/CriterionFields';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { zoneName } from '~/i18n/dates';
import { languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { type Standing, useDraft } from '~/lib/use-draft';
import { type Form as FormState, useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type Criterion, changed, type Desk, readDesk, useDesk } from './api';
import { messages } from './messages';
import { usePartNames } from './part-names';
import { Reasons } from './Reasons';
import './rules.css';

const moments = ['opensAt', 'closesAt', 'judgingEndsAt', 'resultsAt'] as const;

/** The draft of the next version: dates, text, criteria and the reason. */
export default function EditPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useDesk(params.id ?? '', language);
  return (
    <QueryView query={query} page>
      {(desk) => (
        <Page
          narrow
          title={t('edit.title', { n: desk.standing + 1 })}
          above={<Link href={`/manage/challenges/${desk.id}/rules`}>{t('desk.title')}</Link>}
          lead={<p>{t('edit.lead')}</p>}
        >
          {desk.allowedActions.includes('rules.amend') ? (
            <Editor desk={desk} />
          ) : (
            <Notice title={t('edit.not')} />
          )}
        </Page>
      )}
    </QueryView>
  );
}

function Editor({ desk }: { desk: Desk }) {
  const t = useMessages(messages);
  const [, navigate] = useLocation();
  const language = useLanguage();
  const nameOf = usePartNames(desk);
  const zone = desk.timeZone;
  const editor = useDraft<Drafted>(`rules-${desk.id}`, standing(desk));
  const { words, criteria } = editor.draft;
  const send = async ({ words: v, criteria }: Drafted, version: number | string) => {
    const minutes = grace(v.graceMinutes, desk);
    const at = (each: (typeof moments)[number]) => {
      const local = v[`dates.${each}`] ?? '';
      return !local || local === toLocal(desk.dates[each], zone) ? undefined : fromLocal(local, zone);
    };
    const saved = await ok(
      api.PUT('/manage/challenges/{id}/rules/draft', {
        params: { path: { id: desk.id }, header: { 'If-Match': `"${version}"` } },
        body: {
          reason: { en: v['reason.en'], es: v['reason.es'], ja: v['reason.ja'] },
          text: {
            sections: Object.fromEntries(
              desk.sections.map(({ key }) => [key, v[`text.sections.${key}`] ?? '']),
            ),
          },
          criteria,
          graceMinutes: minutes === false ? undefined : minutes,
          dates: Object.fromEntries(
            moments.map((each) => [each, at(each)]).filter(([, moved]) => moved !== undefined),
          ),
        },
      }),
    );
    return standing(saved);
  };
  const form = useForm<Record<string, string>>({
    id: `rules-${desk.id}`,
    initial: words,
    secret: Object.keys(words), // the draft keeps them
    failed: t('failed'),
    check: () => (grace(words.graceMinutes, desk) === false ? { graceMinutes: t('missing.grace') } : {}),
    submit: async () => {
      const saved = await editor.save(send, async () => standing(await readDesk(desk.id, language)));
      if (!saved) return;
      await changed(desk.id);
      navigate(`/manage/challenges/${desk.id}/rules`);
    },
  });
  const fields: Fields = {
    field: (name) => ({
      name,
      value: words[name] ?? '',
      onValue: (value) =>
        editor.setDraft((before) => ({ ...before, words: { ...before.words, [name]: value } })),
      error: form.errors?.fields[name],
    }),
  };
  const setCriteria: RubricProps['onCriteria'] = (next) =>
    editor.setDraft((before) => ({ ...before, criteria: next(before.criteria) }));
  return (
    <Form form={form}>
      {editor.overtaken ? (
        <Overtaken found={editor.overtaken} nameOf={(path) => nameOf(path, criteria)} onTake={editor.take} />
      ) : null}
      <h2>{t('edit.why')}</h2>
      <Reasons form={fields} language={desk.language} />
      <h2>{t('edit.dates')}</h2>
      {moments.map((each) => (
        <TextInput
          key={each}
          {...fields.field(`dates.${each}`)}
          type="datetime-local"
          short
          label={t(`date.${each}`)}
          hint={t(each === 'closesAt' ? 'edit.closesAt.hint' : 'date.zone', {
            zone: zoneName(new Date(desk.dates.closesAt), zone),
          })}
        />
      ))}
      <TextInput
        {...fields.field('graceMinutes')}
        label={t('grace')}
        hint={t('grace.hint')}
        inputMode="numeric"
        short
      />
      <h2>{t('edit.text')}</h2>
      <Texts desk={desk} form={fields} />
      <h2>{t('edit.criteria')}</h2>
      <Rubric desk={desk} criteria={criteria} onCriteria={setCriteria} errors={form.errors?.fields ?? {}} />
      <h2>{t('edit.form')}</h2>
      <p>
        <Link href={`/manage/challenges/${desk.id}/form`}>{t('edit.form.text')}</Link>
      </p>
      <SubmitButton busy={form.busy}>{t('edit.save')}</SubmitButton>
    </Form>
  );
}

/** What is edited here, flat: reasons, dates, grace and sections by the names of their fields. */
type Drafted = { words: Record<string, string>; criteria: Criterion[] };
type Fields = Pick<FormState<Record<string, string>>, 'field'>;

function standing(desk: Desk): Standing<Drafted> {
  const words: Record<string, string> = {};
  for (const each of languages) words[`reason.${each}`] = desk.reason[each] ?? '';
  for (const each of moments) words[`dates.${each}`] = toLocal(desk.draftDates[each], desk.timeZone);
  words.graceMinutes = String(desk.draftGraceMinutes);
  for (const section of desk.sections) words[`text.sections.${section.key}`] = section.text;
  return { value: { words, criteria: desk.criteria }, version: desk.draftVersion };
}

/** The minutes that are drafted, undefined where they stand as published; false where they are none. */
function grace(text: string | undefined, desk: Desk): number | undefined | false {
  const n = Number(text);
  if (!/^\d{1,4}$/.test(text?.trim() ?? '') || n > 1440) return false;
  return n === desk.graceMinutes ? undefined : n;
}

/** The sections of the authoritative text, folded: most changes touch one of them. */
function Texts({ desk, form }: { desk: Desk; form: Fields }) {
  const t = useMessages(messages);
  return (
    <>
      {desk.sections.map((section) => {
        const field = form.field(`text.sections.${section.key}`);
        const edited = field.value !== section.text;
        return (
          <Disclosure
            key={section.key}
            open={field.error !== undefined}
            summary={
              <>
                <span lang={section.label.lang}>{section.label.text}</span>
                {edited ? <span class="muted"> · {t('edit.changed')}</span> : null}
              </>
            }
          >
            {section.key === 'title' ? (
              <TextInput {...field} label={section.label.text} lang={desk.language} />
            ) : (
              <TextArea
                {...field}
                label={section.label.text}
                hint={section.key === 'summary' ? undefined : t('edit.markdown')}
                lang={desk.language}
                limit={section.limit}
                rows={section.key === 'summary' ? 3 : 8}
              />
            )}
          </Disclosure>
        );
      })}
    </>
  );
}

type RubricProps = {
  desk: Desk;
  criteria: Criterion[];
  onCriteria: (next: (before: Criterion[]) => Criterion[]) => void;
  errors: Record<string, string>;
};

function Rubric({ desk, criteria, onCriteria, errors }: RubricProps) {
  const t = useMessages(messages);
  const sum = criteria.reduce((total, each) => total + each.weight, 0);
  const add = () => {
    const key = `criterion-${crypto.randomUUID().slice(0, 8)}`;
    const anchors = Array.from({ length: 6 }, () => ({}));
    onCriteria((before) => [
      ...before,
      { key, weight: 0, lowest: 0, highest: 5, name: {}, description: {}, anchors },
    ]);
  };
  return (
    <>
      {criteria.map((criterion, at) => (
        <CriterionFields
          key={criterion.key}
          at={at}
          lang={desk.language}
          source={desk.language}
          criterion={criterion}
          errors={errors}
          onChange={(next) =>
            onCriteria((before) => before.map((each, n) => (n === at ? { ...each, ...next } : each)))
          }
          onRemove={
            criteria.length > 1
              ? () => onCriteria((before) => before.filter((each) => each.key !== criterion.key))
              : undefined
          }
        />
      ))}
      <p>
        <Button kind="outline" onClick={add}>
          {t('edit.addCriterion')}
        </Button>
      </p>
      <p role="status" class={sum === 100 ? undefined : 'error-text'}>
        {t('edit.sum', { sum })}
      </p>
    </>
  );
}
