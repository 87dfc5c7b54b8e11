import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorSummary } from '~/components/ErrorSummary';
import { idOf } from '~/components/Field';
import { languageTabs } from '~/components/language-tabs';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { Tabs } from '~/components/Tabs';
import { Overtaken } from '~/features/overtaken/Overtaken';
import type { Language } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { refused } from '~/lib/refused';
import { showToast } from '~/lib/toast';
import { type Standing, useDraft } from '~/lib/use-draft';
import type { FormErrors } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type Criterion, keep, type Managed, readAgain, useManaged } from './api';
import { CriterionFields } from './CriterionFields';
import { useCriterionNames } from './criterion-names';
import { EditsOf } from './Edits';
import './manage.css';
import { messages } from './messages';
import { Onward } from './Onward';
import { useFocusNext } from './use-focus-next';

/** The rubric: criteria, weights and what each score means, in three languages. */
export default function CriteriaPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useManaged(params.id ?? '');
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
            <Editor challenge={challenge} />
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

/** Weights that differ by one at most and add up to 100. */
export function evenly<R extends { weight: number }>(rows: R[]): R[] {
  const each = Math.floor(100 / rows.length);
  const rest = 100 - each * rows.length;
  return rows.map((row, at) => ({ ...row, weight: at < rest ? each + 1 : each }));
}

const standing = ({ criteria, version }: Managed): Standing<Criterion[]> => ({ value: criteria, version });

function Editor({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const nameOf = useCriterionNames();
  const editor = useDraft(`criteria-${challenge.id}`, standing(challenge));
  const { draft: rows, setDraft: change } = editor;
  const focus = useFocusNext();
  const [lang, setLang] = useState<Language>(challenge.language);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>();
  const sum = rows.reduce((total, each) => total + each.weight, 0);

  const edit = (key: string, next: Partial<Criterion>) =>
    change((before) => before.map((each) => (each.key === key ? { ...each, ...next } : each)));
  const add = () => {
    const key = `criterion-${crypto.randomUUID().slice(0, 8)}`;
    const anchors = Array.from({ length: 6 }, () => ({}));
    change((before) => [
      ...before,
      { key, weight: 0, lowest: 0, highest: 5, name: {}, description: {}, anchors },
    ]);
    focus(idOf(`criteria.${rows.length}.name`));
  };

  const send = async (criteria: Criterion[], version: number | string) => {
    const now = await ok(
      api.PUT('/manage/challenges/{id}/criteria', {
        params: { path: { id: challenge.id }, header: { 'If-Match': `"${version}"` } },
        body: { criteria },
      }),
    );
    await keep(now);
    return standing(now);
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const saved = await editor.save(send, async () => standing(await readAgain(challenge.id)));
      setErrors(undefined);
      if (saved) showToast(t('criteria.saved'));
    } catch (error) {
      setErrors((before) => refused(error, before, t('criteria.failed')));
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
      {editor.overtaken ? (
        <Overtaken found={editor.overtaken} nameOf={(path) => nameOf(path, rows)} onTake={editor.take} />
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
              key={criterion.key}
              at={at}
              lang={lang}
              source={challenge.language}
              criterion={criterion}
              errors={errors?.fields ?? {}}
              onChange={(next) => edit(criterion.key, next)}
              onRemove={
                rows.length > 1
                  ? () => {
                      change((before) => before.filter((each) => each.key !== criterion.key));
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
          {editor.unsaved ? t('unsaved') : ''}
        </p>
      </div>
    </form>
  );
}
