import { useState } from 'preact/hooks';
import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type AssignRequest, type Plan, refresh } from './api';
import { LoadChart } from './LoadChart';
import { messages } from './messages';
import { Warnings } from './Warnings';

type Props = { id: string; plan: Plan; request: AssignRequest; onDone: () => void };

/** What an assignment would do, which rules it cannot meet, and the button that does it. */
export function PlanView({ id, plan, request, onDone }: Props) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const apply = async () => {
    setAsking(false);
    try {
      const done = await ok(
        api.POST('/manage/challenges/{id}/assign', {
          params: { path: { id } },
          headers: idempotencyKey(crypto.randomUUID()),
          body: request,
        }),
      );
      showToast(t('done', { n: done.added }));
      onDone();
    } catch (failure) {
      setError(failure);
    }
    await refresh();
  };
  return (
    <section class="panel stack" aria-labelledby="plan" aria-live="polite">
      <h3 id="plan">{t('plan')}</h3>
      <p>
        {t('plan.added', { n: plan.added, entries: plan.entries })}
        {plan.removed > 0 ? ` ${t('plan.removed', { n: plan.removed })}` : null}
      </p>
      <Warnings plan={plan} challenge={id} />
      <LoadChart loads={plan.loads} />
      {plan.proven && plan.mode === 'even' ? <p class="small muted">{t('plan.proven')}</p> : null}
      <p class="small muted">
        {t('plan.seed')}
        <code class="assign-seed">{plan.seed}</code>
      </p>
      {error ? <ErrorState error={error} /> : null}
      {plan.added + plan.removed > 0 ? (
        <p>
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t('apply', { n: plan.added })}
          </Button>
        </p>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void apply()}
        title={t('confirm')}
        confirm={t('apply', { n: plan.added })}
      >
        <p>{t('confirm.text')}</p>
      </ConfirmDialog>
    </section>
  );
}
