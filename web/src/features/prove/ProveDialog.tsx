import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { ErrorState } from '~/components/ErrorState';
import { Form } from '~/components/Form';
import { PasswordInput } from '~/components/PasswordInput';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { PasskeyCancelled, passkeysWork, usePasskeyOf } from '~/lib/passkey';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

type Way = 'password' | 'code';

/** Asks once more who one is, by password, code or passkey. `onEnd(true)` when the server is satisfied. */
export function ProveDialog({ onEnd }: { onEnd: (proved: boolean) => void }) {
  const t = useMessages(messages);
  const [way, setWay] = useState<Way>('password');
  const [error, setError] = useState<unknown>();
  const byPasskey = async () => {
    setError(undefined);
    try {
      const ask = await ok(api.POST('/auth/passkey/ask'));
      const credential = await usePasskeyOf(ask.options);
      await ok(api.POST('/me/prove', { body: { passkey: { ticket: ask.ticket, credential } } }));
      onEnd(true);
    } catch (failure) {
      setError(failure instanceof PasskeyCancelled ? new Error(t('passkey.cancelled')) : failure);
    }
  };
  return (
    <Dialog open onClose={() => onEnd(false)} title={t('title')}>
      <p>{t('text')}</p>
      <ProofForm key={way} way={way} onDone={() => onEnd(true)} />
      {error ? <ErrorState error={error} onRetry={byPasskey} /> : null}
      <div class="actions">
        <Button kind="link" onClick={() => setWay(way === 'password' ? 'code' : 'password')}>
          {t(way === 'password' ? 'byCode' : 'byPassword')}
        </Button>
        {passkeysWork ? (
          <Button kind="link" onClick={byPasskey}>
            {t('byPasskey')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}

function ProofForm({ way, onDone }: { way: Way; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `prove-${way}`,
    initial: { [way]: '' } as Record<Way, string>,
    secret: [way],
    failed: t('failed'),
    check: (v) => ({ [way]: v[way].trim() ? undefined : t('missing') }),
    submit: async (v) => {
      await ok(api.POST('/me/prove', { body: { [way]: v[way].trim() } }));
      onDone();
    },
  });
  return (
    <Form form={form}>
      {way === 'password' ? (
        <PasswordInput
          {...form.field('password')}
          show={t('password.show')}
          label={t('password')}
          autocomplete="current-password"
          bare
        />
      ) : (
        <TextInput
          {...form.field('code')}
          label={t('code')}
          autocomplete="one-time-code"
          spellcheck={false}
          bare
        />
      )}
      <SubmitButton busy={form.busy}>{t('confirm')}</SubmitButton>
    </Form>
  );
}
