import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { Table } from '~/components/Table';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type AssignRequest, type Plan, type Progress, refreshChair } from './api';
import { messages } from './messages';

/** Gives entries to jurors: first what would happen, then the deed. */
export function AssignPanel({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const [plan, setPlan] = useState<{ plan: Plan; request: AssignRequest }>();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = (body: AssignRequest, key?: string) =>
    ok(
      api.POST('/manage/challenges/{id}/assign', {
        params: { path: { id: progress.challengeId } },
        headers: key ? idempotencyKey(key) : {},
        body,
      }),
    );
  const form = useForm({
    id: `assign-${progress.challengeId}`,
    initial: {
      mode: 'all',
      k: String(progress.reviewsPerEntry),
      seats: progress.jurors.filter((each) => each.juror).map((each) => each.seatId),
    },
    failed: t('failed'),
    check: (v) => ({
      k:
        v.mode === 'all' || (Number.isInteger(Number(v.k)) && Number(v.k) > 0)
          ? undefined
          : t('assign.k.missing'),
      seats: v.seats.length > 0 ? undefined : t('assign.seats.missing'),
    }),
    submit: async (v) => {
      setError(undefined);
      const request: AssignRequest = {
        mode: v.mode === 'even' ? 'even' : 'all',
        k: v.mode === 'even' ? Number(v.k) : undefined,
        seats: v.seats,
        preview: true,
      };
      const next = await send(request);
      setPlan({ plan: next, request: { ...request, seed: next.seed, preview: false } });
    },
  });
  const apply = async () => {
    setAsking(false);
    if (!plan) return;
    try {
      const done = await send(plan.request, crypto.randomUUID());
      setPlan(undefined);
      showToast(t('assign.done', { n: done.added }));
    } catch (failure) {
      setError(failure);
    }
    await refreshChair();
  };
  return (
    <section class="stack" aria-labelledby="assign">
      <h2 id="assign">{t('assign')}</h2>
      <p class="prose">{t('assign.text')}</p>
      <Form form={form}>
        <RadioGroup
          {...form.field('mode')}
          label={t('assign.mode')}
          options={[
            { value: 'all', label: t('assign.all'), hint: t('assign.all.hint') },
            { value: 'even', label: t('assign.even'), hint: t('assign.even.hint') },
          ]}
        />
        {form.values.mode === 'even' ? (
          <TextInput {...form.field('k')} type="number" min="1" max="50" short label={t('assign.k')} />
        ) : null}
        <CheckboxGroup
          {...form.list('seats')}
          label={t('assign.seats')}
          options={progress.jurors.map((each) => ({
            value: each.seatId,
            label: each.name,
            hint: each.juror ? undefined : t('assign.chair'),
          }))}
        />
        <SubmitButton busy={form.busy}>{t('assign.preview')}</SubmitButton>
      </Form>
      {error ? <ErrorState error={error} /> : null}
      {plan ? (
        <section class="panel" aria-labelledby="plan" aria-live="polite">
          <h3 id="plan">{t('plan')}</h3>
          <p>{t('plan.added', { n: plan.plan.added, entries: plan.plan.entries })}</p>
          <Unready plan={plan.plan} challenge={progress.challengeId} />
          <Unmet plan={plan.plan} />
          <Table
            caption={t('plan.loads')}
            rows={plan.plan.loads}
            rowKey={(each) => each.seatId}
            columns={[
              { key: 'name', title: t('name'), heading: true, cell: (each) => each.name },
              { key: 'before', title: t('plan.before'), numeric: true, cell: (each) => each.before },
              { key: 'after', title: t('plan.after'), numeric: true, cell: (each) => each.after },
            ]}
          />
          {plan.plan.added > 0 ? (
            <p>
              <Button kind="primary" onClick={() => setAsking(true)}>
                {t('plan.apply', { n: plan.plan.added })}
              </Button>
            </p>
          ) : null}
        </section>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void apply()}
        title={t('plan.confirm')}
        confirm={t('plan.apply', { n: plan?.plan.added ?? 0 })}
      >
        <p>{t('plan.confirm.text')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** Entries that were not checked for eligibility, or that may still change. */
function Unready({ plan, challenge }: { plan: Plan; challenge: string }) {
  const t = useMessages(messages);
  if (plan.unscreened === 0 && plan.correcting === 0) return null;
  return (
    <Notice tone="warning" title={t('plan.unready')}>
      {plan.unscreened > 0 ? <p>{t('plan.unscreened', { n: plan.unscreened })}</p> : null}
      {plan.correcting > 0 ? <p>{t('plan.correcting', { n: plan.correcting })}</p> : null}
      <p>
        <Link href={`/manage/challenges/${challenge}/entries`}>{t('plan.unready.check')}</Link>
      </p>
    </Notice>
  );
}

function Unmet({ plan }: { plan: Plan }) {
  const t = useMessages(messages);
  if (plan.unmet.length === 0) return null;
  return (
    <Notice tone="warning" title={t('plan.unmet')}>
      <ul class="prose">
        {plan.unmet.map((each) => (
          <li key={each.entryId}>
            {t('plan.unmet.entry', { entry: `${each.reference} ${each.teamName}`, n: each.missing })}
          </li>
        ))}
      </ul>
      <p>{t('plan.unmet.text')}</p>
    </Notice>
  );
}
