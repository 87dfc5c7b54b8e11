import { api, ok } from '~/api/client';
import { Checkbox } from '~/components/Checkbox';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { refresh, type Seat } from './api';
import { messages } from './messages';

type Props = { id: string; seat: Seat; onDone: (free: number) => void };

/** A juror drops out of the jury of this challenge, or comes back. */
export function LeaveForm({ id, seat, onDone }: Props) {
  const t = useMessages(messages);
  const path = { id, seatId: seat.seatId };
  const form = useForm({
    id: `leave-${id}-${seat.seatId}`,
    initial: { drafts: false },
    failed: t('failed'),
    submit: async (v) => {
      if (seat.dropped) {
        await ok(api.DELETE('/manage/challenges/{id}/dropouts/{seatId}', { params: { path } }));
        showToast(t('rejoin.done', { name: seat.name }));
        onDone(0);
      } else {
        const left = await ok(
          api.PUT('/manage/challenges/{id}/dropouts/{seatId}', {
            params: { path },
            body: { drafts: v.drafts },
          }),
        );
        showToast(t('leave.done', { name: seat.name }));
        onDone(left.freed);
      }
      await refresh();
    },
  });
  return (
    <Form form={form}>
      <p class="prose">
        {seat.dropped
          ? t('rejoin.text')
          : t('leave.text', { n: seat.assigned - seat.submitted - seat.drafts, submitted: seat.submitted })}
      </p>
      {!seat.dropped && seat.drafts > 0 ? (
        <Checkbox
          {...form.box('drafts')}
          bare
          label={t('leave.drafts', { n: seat.drafts })}
          hint={t('leave.drafts.hint')}
        />
      ) : null}
      <SubmitButton busy={form.busy} kind={seat.dropped ? 'primary' : 'danger'}>
        {t(seat.dropped ? 'rejoin.submit' : 'leave.submit')}
      </SubmitButton>
    </Form>
  );
}
