import { api, idempotencyKey, ok } from '~/api/client';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { proved } from '~/features/prove/proved';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Form as FormState, useForm } from '~/lib/use-form';
import { refreshPeople } from '../api';
import { emailFault } from '../check-fields';
import { messages } from '../messages';
import { noRole, RoleFields, type RoleValues, roleScope, useRoleCheck } from './RoleFields';

type Props = { open: boolean; onClose: () => void };

/** Invites somebody to a role by mail. */
export function InviteDialog({ open, onClose }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog open={open} onClose={onClose} title={t('invite.title')}>
      <InviteForm onDone={onClose} />
    </Dialog>
  );
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const checkRole = useRoleCheck();
  const form = useForm({
    id: 'invite',
    initial: { email: '', name: '', language: language as string, ...noRole },
    failed: t('failed'),
    check: (v) => ({ email: emailFault(v.email, t), ...checkRole(v) }),
    submit: async (v, key) => {
      await proved(() =>
        ok(
          api.POST('/invitations', {
            params: { header: idempotencyKey(key) },
            body: { email: v.email, name: v.name, language: v.language as Language, ...roleScope(v) },
          }),
        ),
      );
      await refreshPeople();
      showToast(t('invite.done'));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextInput {...form.field('email')} type="email" label={t('email')} autocomplete="off" />
      <TextInput {...form.field('name')} label={t('invite.name')} autocomplete="off" optional />
      <RoleFields form={form as unknown as FormState<RoleValues>} />
      <Select
        {...form.field('language')}
        label={t('invite.language')}
        options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
      />
      <SubmitButton busy={form.busy}>{t('invite.submit')}</SubmitButton>
    </Form>
  );
}
