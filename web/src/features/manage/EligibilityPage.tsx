import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, okWithVersion } from '~/api/client';
import type { components } from '~/api/schema';
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
import { type Managed, refresh, useManaged } from './api';
import { EditsOf } from './Edits';
import './manage.css';
import { messages } from './messages';
import { Onward } from './Onward';
import { QuestionFields } from './QuestionFields';
import { useQuestionNames } from './question-names';
import { useFocusNext } from './use-focus-next';

export type Question = components['schemas']['EligibilityQuestion'];
type Read = { data: { questions: Question[] }; etag: string };

/** The yes/no questions that every entrant answers. */
export default function EligibilityPage({ params }: PageProps) {
  const t = useMessages(messages);
  const id = params.id ?? '';
  const challenge = useManaged(id);
  const questions = useQuery({
    queryKey: ['managed', id, 'eligibility'],
    queryFn: () =>
      okWithVersion(api.GET('/manage/challenges/{id}/eligibility', { params: { path: { id } } })),
    gcTime: 0,
  });
  return (
    <QueryView query={challenge} page>
      {(data) => (
        <Page
          title={t('eligibility.title')}
          lead={<p>{t('eligibility.lead')}</p>}
          above={<Link href={`/manage/challenges/${id}`}>{t('back')}</Link>}
          narrow
        >
          <EditsOf id={id} parts={['eligibility']} />
          {data.allowedActions.includes('challenge.edit') ? (
            <QueryView query={questions}>{(read) => <Editor challenge={data} read={read} />}</QueryView>
          ) : (
            <Notice title={t('text.fixed')}>
              <p>{t(data.state === 'published' ? 'text.fixed.published' : 'text.fixed.sent')}</p>
            </Notice>
          )}
          <Onward id={id} from="eligibility" />
        </Page>
      )}
    </QueryView>
  );
}

const standing = ({ data, etag }: Read): Standing<Question[]> => ({ value: data.questions, version: etag });

function Editor({ challenge, read }: { challenge: Managed; read: Read }) {
  const t = useMessages(messages);
  const nameOf = useQuestionNames();
  const editor = useDraft(`eligibility-${challenge.id}`, standing(read));
  const { draft: rows, setDraft: change } = editor;
  const focus = useFocusNext();
  const [lang, setLang] = useState<Language>(challenge.language);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>();
  const edit = (key: string, next: Partial<Question>) =>
    change((before) => before.map((each) => (each.key === key ? { ...each, ...next } : each)));
  const add = () => {
    const key = `question-${crypto.randomUUID().slice(0, 8)}`;
    const fresh = { key, text: {}, explanation: {}, expected: true, blocking: true };
    change((before) => [...before, fresh]);
    focus(idOf(`questions.${rows.length}.text`));
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const path = { id: challenge.id };
      const saved = await editor.save(
        async (questions, version) =>
          standing(
            await okWithVersion(
              api.PUT('/manage/challenges/{id}/eligibility', {
                params: { path, header: { 'If-Match': String(version) } },
                body: { questions },
              }),
            ),
          ),
        async () =>
          standing(await okWithVersion(api.GET('/manage/challenges/{id}/eligibility', { params: { path } }))),
      );
      setErrors(undefined);
      if (saved) showToast(t('eligibility.saved'));
      await refresh(challenge.id);
    } catch (error) {
      setErrors((before) => refused(error, before, t('eligibility.failed')));
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
          {rows.length === 0 ? <p>{t('eligibility.none')}</p> : null}
          {rows.map((question, at) => (
            <QuestionFields
              key={question.key}
              at={at}
              lang={lang}
              question={question}
              errors={errors?.fields ?? {}}
              onChange={(next) => edit(question.key, next)}
              onRemove={() => {
                change((before) => before.filter((each) => each.key !== question.key));
                focus('add-question');
              }}
            />
          ))}
        </div>
      </Tabs>
      <p>
        <Button id="add-question" kind="outline" onClick={add}>
          {t('eligibility.add')}
        </Button>
      </p>
      <SubmitButton busy={busy}>{t('eligibility.save')}</SubmitButton>
      <p class="small muted" role="status">
        {editor.unsaved ? t('unsaved') : ''}
      </p>
    </form>
  );
}
