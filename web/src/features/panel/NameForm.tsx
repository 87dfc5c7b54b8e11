import { api, idempotencyKey, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Juror, keep, minReason, type Panel } from './api';
import { messages } from './messages';

type Props = { panel: Panel; juror: Juror; onDone: () => void };

/** Why a juror should not judge the team's entry. */
export function NameForm({ panel, juror, onDone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const min = minReason;
  const form = useForm({
    id: `naming-${panel.entryId}-${juror.seatId}`,
    initial: { reason: '' },
    failed: t('failed'),
    check: (v) => ({ reason: [...v.reason.trim()].length >= min ? undefined : t('form.short', { min }) }),
    submit: async (v, key) => {
      keep(
        await ok(
          api.POST('/entries/{id}/panel/{seatId}/naming', {
            params: { path: { id: panel.entryId, seatId: juror.seatId } },
            headers: idempotencyKey(key),
            body: { reason: v.reason, language },
          }),
        ),
      );
      showToast(t('sent'));
      onDone();
    },
  });
  return (
    <Form form={form}>
      {panel.blind ? <p>{t('blind.text')}</p> : null}
      <TextArea
        {...form.field('reason')}
        label={t('form.reason')}
        hint={t('form.hint', { min })}
        rows={5}
        limit={1000}
      />
      <SubmitButton busy={form.busy}>{t('form.submit')}</SubmitButton>
    </Form>
  );
}
