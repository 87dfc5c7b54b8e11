import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ErrorSummary } from '~/components/ErrorSummary';
import { idOf } from '~/components/Field';
import { languageTabs } from '~/components/language-tabs';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { Tabs } from '~/components/Tabs';
import type { Language } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { FormErrors } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type Criterion, keep, type Managed, refresh, useManaged } from './api';
import { CriterionFields } from './CriterionFields';
import { EditsOf } from './Edits';
import './manage.css';
import { messages } from './messages';
import { Onward } from './Onward';
import { useFocusNext, useRows } from './use-rows';

/** The rubric: criteria, weights and what each score means, in three languages. */
export default function CriteriaPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useManaged(params.id ?? '');
  const [fresh, setFresh] = useState(0);
  return (
    <QueryView query={query} page>
      {(challenge) => (
        <Page
          title={t('criteria.title')}
          lead={<p>{t('criteria.lead')}</p>}
          above={<Link href={`/manage/challenges/${challenge.id}`}>{t('back')}</Link>}
          narrow
        >
          <EditsOf id={challenge.id} parts={['criteria']} />
          {challenge.allowedActions.includes('challenge.edit') ? (
            <Editor key={fresh} challenge={challenge} onFresh={() => setFresh((n) => n + 1)} />
          ) : (
            <Notice title={t('text.fixed')}>
              <p>{t(challenge.state === 'published' ? 'text.fixed.published' : 'text.fixed.sent')}</p>
            </Notice>
          )}
          <Onward id={challenge.id} from="criteria" />
        </Page>
      )}
    </QueryView>
  );
}

// Rows keep an identity of their own while criteria are added and removed.
type Row = Criterion & { row: string };

/** Weights that differ by one at most and add up to 100. */
export function evenly<R extends { weight: number }>(rows: R[]): R[] {
  const each = Math.floor(100 / rows.length);
  const rest = 100 - each * rows.length;
  return rows.map((row, at) => ({ ...row, weight: at < rest ? each + 1 : each }));
}

function Editor({ challenge, onFresh }: { challenge: Managed; onFresh: () => void }) {
  const t = useMessages(messages);
  const [version, setVersion] = useState(challenge.version);
  const { rows, change, unsaved, saved } = useRows<Row>(`criteria-${challenge.id}`, String(version), () =>
    challenge.criteria.map((each) => ({ ...each, row: each.key })),
  );
  const focus = useFocusNext();
  const [lang, setLang] = useState<Language>(challenge.language);
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [errors, setErrors] = useState<FormErrors>();
  const sum = rows.reduce((total, each) => total + each.weight, 0);

  const edit = (row: string, next: Partial<Criterion>) =>
    change((before) => before.map((each) => (each.row === row ? { ...each, ...next } : each)));
  const add = () => {
    const row = `criterion-${crypto.randomUUID().slice(0, 8)}`;
    const anchors = Array.from({ length: 6 }, () => ({}));
    change((before) => [
      ...before,
      { row, key: row, weight: 0, lowest: 0, highest: 5, name: {}, description: {}, anchors },
    ]);
    focus(idOf(`criteria.${rows.length}.name`));
  };

  const save = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const now = await ok(
        api.PUT('/manage/challenges/{id}/criteria', {
          params: { path: { id: challenge.id }, header: { 'If-Match': `"${version}"` } },
          body: { criteria: rows.map(({ row: _, ...criterion }) => criterion) },
        }),
      );
      setVersion(now.version);
      saved();
      setErrors(undefined);
      showToast(t('criteria.saved'));
      await keep(now);
    } catch (error) {
      const problem = error instanceof ProblemError ? error : undefined;
      if (problem?.status === 412) return setStale(true);
      const fields = problem?.fields ?? {};
      setErrors((before) => ({
        message: Object.keys(fields).length > 0 ? undefined : (problem?.message ?? t('criteria.failed')),
        fields,
        nameless: true,
        requestId: problem?.requestId,
        attempt: (before?.attempt ?? 0) + 1,
      }));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {stale ? (
        <Notice tone="warning" title={t('conflict.title')} live>
          <p>{t('criteria.stale')}</p>
          <p>
            <Button
              kind="outline"
              onClick={async () => {
                await refresh(challenge.id);
                onFresh();
              }}
            >
              {t('criteria.reload')}
            </Button>
          </p>
        </Notice>
      ) : null}
      {errors ? <ErrorSummary {...errors} /> : null}
      <Tabs
        label={t('criteria.language')}
        tabs={languageTabs((each) => (each === challenge.language ? t('text.original') : undefined))}
        chosen={lang}
        onChoose={(each) => setLang(each as Language)}
      >
        <div class="stack">
          {rows.map((criterion, at) => (
            <CriterionFields
              key={criterion.row}
              at={at}
              lang={lang}
              source={challenge.language}
              criterion={criterion}
              errors={errors?.fields ?? {}}
              onChange={(next) => edit(criterion.row, next)}
              onRemove={
                rows.length > 1
                  ? () => {
                      change((before) => before.filter((each) => each.row !== criterion.row));
                      focus('add-criterion');
                    }
                  : undefined
              }
            />
          ))}
        </div>
      </Tabs>
      <p>
        <Button id="add-criterion" kind="outline" onClick={add}>
          {t('criteria.add')}
        </Button>
      </p>
      <div class="stack">
        <p role="status" class={sum === 100 ? undefined : 'error-text'}>
          {t('criteria.sum', { sum })}
          {sum > 100 ? ` · ${t('criteria.over', { n: sum - 100 })}` : ''}
          {sum < 100 ? ` · ${t('criteria.under', { n: 100 - sum })}` : ''}
        </p>
        {sum === 100 ? null : (
          <p>
            <Button kind="outline" onClick={() => change(evenly)}>
              {t('criteria.even')}
            </Button>
          </p>
        )}
        <SubmitButton busy={busy}>{t('criteria.save')}</SubmitButton>
        <p class="small muted" role="status">
          {unsaved ? t('unsaved') : ''}
        </p>
      </div>
    </form>
  );
}
