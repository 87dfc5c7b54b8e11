import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { makePasskey, PasskeyCancelled } from '~/lib/passkey';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { refreshAccount } from './api';
import { messages } from './messages';

/** Names a new passkey and lets the browser make it. */
export function NewPasskey({ onDone }: { onDone: (codes: string[]) => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'new-passkey',
    initial: { name: '' },
    failed: t('failed'),
    check: (v) => ({ name: v.name.trim() ? undefined : t('passkeys.name.missing') }),
    submit: async ({ name }) => {
      const ask = await proved(() => ok(api.POST('/me/passkeys/ask')));
      const credential = await makePasskey(ask.options).catch((failure: unknown) => {
        if (!(failure instanceof PasskeyCancelled)) throw failure;
        throw new ProblemError(0, 'cancelled', t('passkeys.cancelled'), {}, undefined, {});
      });
      const { codes } = await proved(() =>
        ok(api.POST('/me/passkeys', { body: { ticket: ask.ticket, name, credential } })),
      );
      await refreshAccount();
      showToast(t('passkeys.added'));
      onDone(codes);
    },
  });
  return (
    <Form form={form}>
      <TextInput
        {...form.field('name')}
        label={t('passkeys.name')}
        hint={t('passkeys.name.hint')}
        autocomplete="off"
        bare
      />
      <SubmitButton busy={form.busy}>{t('passkeys.make')}</SubmitButton>
    </Form>
  );
}
