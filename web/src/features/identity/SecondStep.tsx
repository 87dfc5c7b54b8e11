import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';
import { PasskeyButton } from './PasskeyButton';
import { useEnter } from './use-enter';

export type SecondStepAsked = components['schemas']['SecondStep'];

/** Asks for the second factor once the password was right. */
export function SecondStep({ step, onBack }: { step: SecondStepAsked; onBack: () => void }) {
  const t = useMessages(messages);
  const enter = useEnter();
  const form = useForm({
    id: 'second-step',
    initial: { code: '' },
    secret: ['code'],
    failed: t('failed'),
    check: (v) => ({ code: v.code.trim() ? undefined : t('step.missing') }),
    submit: async ({ code }) => {
      const answer = await ok(api.POST('/auth/second-step', { body: { ticket: step.ticket, code } }));
      await enter(answer.accessToken);
    },
  });
  return (
    <>
      <h2>{t('step.title')}</h2>
      <Form form={form}>
        <TextInput
          {...form.field('code')}
          label={t('step.code')}
          hint={t('step.hint')}
          autocomplete="one-time-code"
          spellcheck={false}
          short
          bare
        />
        <SubmitButton busy={form.busy}>{t('step.submit')}</SubmitButton>
      </Form>
      {step.ways.includes('passkey') ? <PasskeyButton /> : null}
      <p>
        <Button kind="link" onClick={onBack}>
          {t('step.back')}
        </Button>
      </p>
      <p class="muted">{t('step.lost')}</p>
    </>
  );
}
