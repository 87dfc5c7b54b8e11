import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Dialog } from '~/components/Dialog';
import { ErrorState } from '~/components/ErrorState';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { type Passkey, refreshAccount } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

/** One passkey with its name and last use. */
export function PasskeyLine({ passkey, required }: { passkey: Passkey; required: boolean }) {
  const t = useMessages(messages);
  const { id, name } = passkey;
  const [naming, setNaming] = useState(false);
  const remove = useAct(
    () => ok(api.DELETE('/me/passkeys/{id}', { params: { path: { id } } })),
    t('passkeys.removed'),
  );
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p class="muted small">
          {t('made')}
          <When at={passkey.createdAt} short />
          {' · '}
          {passkey.lastUsedAt ? (
            <>
              {t('used')}
              <When at={passkey.lastUsedAt} short />
            </>
          ) : (
            t('unused')
          )}
        </p>
      </div>
      <div class="actions">
        <Button kind="link" aria-label={t('passkeys.rename.label', { name })} onClick={() => setNaming(true)}>
          {t('passkeys.rename')}
        </Button>
        <Button kind="link" aria-label={t('passkeys.remove.label', { name })} onClick={remove.ask}>
          {t('remove')}
        </Button>
      </div>
      {remove.error ? <ErrorState error={remove.error} onRetry={remove.run} /> : null}
      <Dialog open={naming} onClose={() => setNaming(false)} title={t('passkeys.rename')}>
        <NameForm passkey={passkey} onDone={() => setNaming(false)} />
      </Dialog>
      <ConfirmDialog
        open={remove.asking}
        onClose={remove.close}
        onConfirm={remove.run}
        title={t('passkeys.remove.title')}
        confirm={t('passkeys.remove')}
        danger
      >
        <p>{t('passkeys.remove.text', { name })}</p>
        <p>{t(required ? 'remove.required' : 'remove.text')}</p>
      </ConfirmDialog>
    </li>
  );
}

function NameForm({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `passkey-${passkey.id}`,
    initial: { name: passkey.name },
    failed: t('failed'),
    check: (v) => ({ name: v.name.trim() ? undefined : t('passkeys.name.missing') }),
    submit: async (body) => {
      await ok(api.PATCH('/me/passkeys/{id}', { params: { path: { id: passkey.id } }, body }));
      await refreshAccount();
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextInput {...form.field('name')} label={t('passkeys.name')} autocomplete="off" bare />
      <SubmitButton busy={form.busy}>{t('save')}</SubmitButton>
    </Form>
  );
}
