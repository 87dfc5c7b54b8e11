import { api, ok } from '~/api/client';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { refreshAccount, type TokenScope } from './api';
import { messages } from './messages';

const scopes: TokenScope[] = [
  'challenges:read',
  'challenges:write',
  'entries:read',
  'entries:write',
  'jury:read',
  'jury:write',
  'kpi:read',
  'kpi:write',
];

/** Makes a token; `onMade` gets its text, which the server never shows again. */
export function NewToken({ onMade }: { onMade: (text: string) => void }) {
  const t = useMessages(messages);
  const empty = { name: '', scopes: [] as string[], days: '90' };
  const form = useForm({
    id: 'new-token',
    initial: empty,
    failed: t('failed'),
    check: (v) => ({
      name: v.name.trim() ? undefined : t('tokens.name.missing'),
      scopes: v.scopes.length > 0 ? undefined : t('tokens.scopes.missing'),
    }),
    submit: async (v) => {
      const body = { name: v.name, scopes: v.scopes as TokenScope[], days: Number(v.days) };
      const { text } = await proved(() => ok(api.POST('/me/tokens', { body })));
      await refreshAccount();
      form.reset(empty);
      onMade(text);
    },
  });
  return (
    <Form form={form}>
      <TextInput
        {...form.field('name')}
        label={t('tokens.name')}
        hint={t('tokens.name.hint')}
        autocomplete="off"
        bare
      />
      <CheckboxGroup
        {...form.list('scopes')}
        label={t('tokens.scopes')}
        hint={t('tokens.scopes.hint')}
        options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
        bare
      />
      <Select
        {...form.field('days')}
        label={t('tokens.days')}
        options={[7, 30, 90, 180, 366].map((n) => ({ value: String(n), label: t('tokens.days.n', { n }) }))}
        bare
      />
      <SubmitButton busy={form.busy}>{t('tokens.make')}</SubmitButton>
    </Form>
  );
}
