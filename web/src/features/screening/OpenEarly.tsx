import { useState } from 'preact/hooks';
import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Checkbox } from '~/components/Checkbox';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { type Overview, refresh } from './api';
import { messages } from './messages';
import { Proposed } from './Proposed';

/** That the entries were opened before the deadline, the proposal to do so, or the way to propose it. */
export function OpenEarly({ overview }: { overview: Overview }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const { early, proposal } = overview;
  if (early) {
    return (
      <Notice tone="warning" title={t('early.done')}>
        <p>
          <When at={early.at} zone={overview.timeZone} />
        </p>
        <p lang={early.language === language ? undefined : early.language}>{early.reason}</p>
        {early.proposedBy ? <p class="muted">{t('early.proposedBy', { name: early.proposedBy })}</p> : null}
        {early.by ? <p class="muted">{t('early.confirmedBy', { name: early.by })}</p> : null}
      </Notice>
    );
  }
  if (!overview.allowedActions.includes('entries.open_early')) return null;
  return (
    <section class="section" aria-labelledby="early">
      <h2 id="early">{t('early')}</h2>
      {proposal ? (
        <Proposed id={overview.challengeId} proposal={proposal} zone={overview.timeZone} />
      ) : (
        <>
          <p class="prose">{t('early.text')}</p>
          <p>
            <Button onClick={() => setAsking(true)}>{t('early.propose')}</Button>
          </p>
          <Dialog open={asking} onClose={() => setAsking(false)} title={t('early.propose.ask')}>
            <Ask id={overview.challengeId} onDone={() => setAsking(false)} />
          </Dialog>
        </>
      )}
    </section>
  );
}

function Ask({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `early-${id}`,
    initial: { reason: '', sure: false },
    failed: t('failed'),
    check: (v) => ({
      reason: v.reason.trim() ? undefined : t('early.reason.missing'),
      sure: v.sure ? undefined : t('early.sure.missing'),
    }),
    submit: async (v, key) => {
      await ok(
        api.POST('/manage/challenges/{id}/early-opening', {
          params: { path: { id } },
          headers: idempotencyKey(key),
          body: { reason: v.reason, language },
        }),
      );
      onDone();
      await refresh();
    },
  });
  return (
    <Form form={form}>
      <p>{t('early.propose.what')}</p>
      <TextArea
        {...form.field('reason')}
        label={t('early.reason')}
        hint={t('early.reason.hint')}
        rows={3}
        limit={1000}
      />
      <Checkbox {...form.box('sure')} label={t('early.sure')} />
      <SubmitButton busy={form.busy}>{t('early.propose')}</SubmitButton>
    </Form>
  );
}
