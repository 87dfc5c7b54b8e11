import { api, idempotencyKey, ok } from '~/api/client';
import { Disclosure } from '~/components/Disclosure';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import type { Language } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Desk, keep } from './api';
import { messages } from './messages';

/** Asks somebody, by mail, for a translation into one language. */
export function AskForm({ desk, language }: { desk: Desk; language: Language }) {
  const t = useMessages(messages);
  // Fields of two languages stand on one page: their names must differ.
  const name = (field: 'email' | 'name' | 'dueOn' | 'note') => `${field}_${language}` as const;
  const initial: Record<string, string> = {
    [name('email')]: '',
    [name('name')]: '',
    [name('dueOn')]: '',
    [name('note')]: '',
  };
  const form = useForm({
    id: `ask-${desk.challengeId}-${language}`,
    initial,
    failed: t('failed'),
    serverNames: { email: name('email'), name: name('name'), dueOn: name('dueOn'), note: name('note') },
    check: (v) => ({ [name('email')]: v[name('email')]?.trim() ? undefined : t('ask.email.missing') }),
    submit: async (v, key) => {
      const text = (field: Parameters<typeof name>[0]) => v[name(field)]?.trim() || undefined;
      const after = await ok(
        api.POST('/manage/challenges/{id}/translations', {
          params: { path: { id: desk.challengeId } },
          headers: idempotencyKey(key),
          body: {
            lang: language,
            email: text('email') ?? '',
            name: text('name'),
            dueOn: text('dueOn'),
            note: text('note'),
          },
        }),
      );
      form.reset(initial);
      keep(after);
      showToast(t('ask.done'));
    },
  });
  return (
    <Disclosure summary={t('ask', { language: t(`lang.${language}`) })}>
      <Form form={form}>
        <p class="muted">{t('ask.text')}</p>
        <TextInput {...form.field(name('email'))} type="email" label={t('ask.email')} />
        <TextInput {...form.field(name('name'))} label={t('ask.name')} optional />
        <TextInput {...form.field(name('dueOn'))} type="date" short label={t('ask.due')} optional />
        <TextArea
          {...form.field(name('note'))}
          label={t('ask.note')}
          hint={t('ask.note.hint')}
          limit={1000}
          rows={3}
          optional
        />
        <SubmitButton busy={form.busy}>{t('ask.submit')}</SubmitButton>
      </Form>
    </Disclosure>
  );
}
