import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextArea } from '~/components/TextArea';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Authoring, type EditRequest, keepAuthoring, type Part, useAuthoring } from './api';
import { Lines } from './Lines';
import { messages } from './messages';

/** The edits that a second person asked for in some sections, for the pages on which they are written. */
export function EditsOf({ id, parts }: { id: string; parts: Part[] }) {
  const { data } = useAuthoring(id);
  if (!data) return null;
  return <Edits authoring={data} parts={parts} />;
}

/** Requested edits of some sections; nothing where there are none. */
export function Edits({ authoring, parts }: { authoring: Authoring; parts: Part[] }) {
  const t = useMessages(messages);
  const edits = authoring.edits.filter((edit) => parts.includes(edit.section));
  if (edits.length === 0) return null;
  return (
    <ul class="edits" aria-label={t('edits.title')}>
      {edits.map((edit) => (
        <Edit key={edit.id} edit={edit} authoring={authoring} />
      ))}
    </ul>
  );
}

function Edit({ edit, authoring }: { edit: EditRequest; authoring: Authoring }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const path = { params: { path: { id: edit.id } } };
  const mark = async (done: boolean) => {
    await keepAuthoring(await ok(api.PATCH('/manage/edits/{id}', { ...path, body: { done } })));
    showToast(t(done ? 'edits.done.toast' : 'edits.undone.toast'));
  };
  const withdraw = async () => keepAuthoring(await ok(api.DELETE('/manage/edits/{id}', path)));
  return (
    <li class={edit.doneAt ? 'edit edit-done' : 'edit'}>
      <p class="marks">
        <Tag tone={edit.doneAt ? 'success' : 'warning'}>{t(edit.doneAt ? 'edits.done' : 'edits.open')}</Tag>
        <span class="small muted">
          {edit.by || t('act.gone')} · <When at={edit.at} short />
        </span>
      </p>
      <Lines text={edit.text} lang={edit.lang === language ? undefined : edit.lang} />
      {authoring.mayMarkEdits ? (
        <p>
          <Button kind="outline" onClick={() => mark(!edit.doneAt)}>
            {t(edit.doneAt ? 'edits.undo' : 'edits.mark')}
          </Button>
        </p>
      ) : null}
      {authoring.mayRequestEdits && edit.own && !edit.doneAt ? (
        <p>
          <Button kind="link" onClick={withdraw}>
            {t('edits.withdraw')}
          </Button>
        </p>
      ) : null}
    </li>
  );
}

/** Asks for an edit of one section, in the language of the page. */
export function EditForm({ authoring, part, label }: { authoring: Authoring; part: Part; label: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = `text-${part}`;
  const form = useForm({
    id: `edit-${authoring.id}-${part}`,
    initial: { [name]: '' } as Record<string, string>,
    failed: t('edits.failed'),
    serverNames: { text: name },
    check: (v) => ({ [name]: v[name]?.trim() ? undefined : t('edits.missing') }),
    submit: async (v, key) => {
      const saved = await ok(
        api.POST('/manage/challenges/{id}/edits', {
          params: { path: { id: authoring.id }, header: { 'Idempotency-Key': key } },
          body: { section: part, text: v[name] ?? '', lang: language },
        }),
      );
      await keepAuthoring(saved);
      form.reset({ [name]: '' });
      showToast(t('edits.sent'));
    },
  });
  return (
    <Form form={form}>
      <TextArea {...form.field(name)} label={t('edits.field', { section: label })} rows={3} limit={2000} />
      <SubmitButton busy={form.busy}>{t('edits.ask')}</SubmitButton>
    </Form>
  );
}
