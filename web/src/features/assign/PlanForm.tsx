import { api, ok } from '~/api/client';
import { Checkbox } from '~/components/Checkbox';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import type { AssignRequest, Plan, Progress, Setup } from './api';
import { messages } from './messages';

type Props = {
  progress: Progress;
  setup: Setup;
  onPlan: (plan: { plan: Plan; request: AssignRequest } | undefined) => void;
};

/** Asks how to assign, and previews it. */
export function PlanForm({ progress, setup, onPlan }: Props) {
  const t = useMessages(messages);
  const open = setup.jurors.filter((each) => !each.dropped);
  const form = useForm({
    id: `assign-${progress.challengeId}`,
    initial: {
      mode: 'all',
      k: String(progress.reviewsPerEntry),
      seats: open.filter((each) => each.juror).map((each) => each.seatId),
      hostSeat: open.some((each) => each.cityId),
      move: false,
    },
    failed: t('failed'),
    check: (v) => ({
      k:
        v.mode === 'all' || (Number.isInteger(Number(v.k)) && Number(v.k) > 0 && Number(v.k) <= 50)
          ? undefined
          : t('k.missing'),
      seats: v.seats.length > 0 ? undefined : t('seats.missing'),
    }),
    submit: async (v) => {
      onPlan(undefined);
      const even = v.mode === 'even';
      const request: AssignRequest = {
        mode: even ? 'even' : 'all',
        k: even ? Number(v.k) : undefined,
        // Who dropped out since the form was filled in is not asked for.
        seats: v.seats.filter((seat) => open.some((each) => each.seatId === seat)),
        hostSeat: even && v.hostSeat,
        move: even && v.move,
        preview: true,
      };
      const plan = await ok(
        api.POST('/manage/challenges/{id}/assign', {
          params: { path: { id: progress.challengeId } },
          body: request,
        }),
      );
      onPlan({ plan, request: { ...request, seed: plan.seed, preview: false } });
    },
  });
  return (
    <Form form={form}>
      <RadioGroup
        {...form.field('mode')}
        label={t('mode')}
        options={[
          { value: 'all', label: t('all'), hint: t('all.hint') },
          { value: 'even', label: t('even'), hint: t('even.hint') },
        ]}
      />
      {form.values.mode === 'even' ? (
        <>
          <TextInput {...form.field('k')} type="number" min="1" max="50" short label={t('k')} />
          <Checkbox {...form.box('hostSeat')} bare label={t('host')} hint={t('host.hint')} />
          <Checkbox {...form.box('move')} bare label={t('move')} hint={t('move.hint')} />
        </>
      ) : null}
      <CheckboxGroup
        {...form.list('seats')}
        label={t('seats')}
        options={open.map((each) => ({
          value: each.seatId,
          label: each.name || t('name.gone'),
          hint: each.juror ? undefined : t('chair'),
        }))}
      />
      <SubmitButton busy={form.busy}>{t('preview')}</SubmitButton>
    </Form>
  );
}
