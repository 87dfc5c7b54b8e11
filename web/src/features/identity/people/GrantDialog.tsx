import { api, idempotencyKey, ok } from '~/api/client';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Person, refreshPeople } from '../api';
import { messages } from '../messages';
import { noRole, RoleFields, roleScope, useRoleCheck } from './RoleFields';

type Props = { person: Person; open: boolean; onClose: () => void };

/** Gives somebody who has an account a further role at once. */
export function GrantDialog({ person, open, onClose }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog open={open} onClose={onClose} title={t('people.give.to', { name: person.name })}>
      <GrantForm person={person} onDone={onClose} />
    </Dialog>
  );
}

function GrantForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `grant-${person.id}`,
    initial: noRole,
    failed: t('failed'),
    check: useRoleCheck(),
    submit: async (v, key) => {
      await proved(() =>
        ok(
          api.POST('/people/{id}/grants', {
            params: { path: { id: person.id }, header: idempotencyKey(key) },
            body: roleScope(v),
          }),
        ),
      );
      await refreshPeople();
      showToast(t('people.given', { name: person.name }));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <RoleFields form={form} />
      <SubmitButton busy={form.busy}>{t('people.give')}</SubmitButton>
    </Form>
  );
}
