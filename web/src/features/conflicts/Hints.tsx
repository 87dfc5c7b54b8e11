import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

type Hint = components['schemas']['ConflictHint'];

/** Possible conflicts that the program has found: the chair decides about each by an act. */
export default function Hints({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState<Hint>();
  const { data } = useQuery({
    queryKey: ['chair', challenge, 'conflicts'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/conflicts', { params: { path: { id: challenge } } })),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Notice tone="warning" title={t('title', { n: data.items.length })}>
      <p>{t('text')}</p>
      <ul>
        {data.items.map((hint) => (
          <li key={hint.seatId + hint.entryId}>
            <strong>{hint.juror}</strong> · {hint.reference}
            {hint.teamName ? ` ${hint.teamName}` : ''}
            <br />
            {hint.why.map((why) => t(`why.${why}`)).join(' ')}{' '}
            <Button kind="link" onClick={() => setOpen(hint)}>
              {t('decide')}
              <span class="visually-hidden">{`: ${hint.juror}, ${hint.reference}`}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Dialog open={open !== undefined} onClose={() => setOpen(undefined)} title={t('decide.title')}>
        {open ? <Ruling challenge={challenge} hint={open} onDone={() => setOpen(undefined)} /> : null}
      </Dialog>
    </Notice>
  );
}

function Ruling({ challenge, hint, onDone }: { challenge: string; hint: Hint; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `ruling-${hint.seatId}-${hint.entryId}`,
    initial: { outcome: '', reason: '' },
    failed: t('failed'),
    check: (v) => ({
      outcome: v.outcome ? undefined : t('outcome.missing'),
      reason: v.reason.trim() ? undefined : t('reason.missing'),
    }),
    submit: async (v) => {
      await ok(
        api.POST('/manage/challenges/{id}/conflicts', {
          params: { path: { id: challenge } },
          body: {
            seatId: hint.seatId,
            entryId: hint.entryId,
            confirmed: v.outcome === 'confirmed',
            reason: v.reason,
          },
        }),
      );
      showToast(t('done'));
      onDone();
      await queries.invalidateQueries({ queryKey: ['chair', challenge] });
    },
  });
  return (
    <Form form={form}>
      <p>{`${hint.juror} · ${hint.reference}`}</p>
      <RadioGroup
        {...form.field('outcome')}
        label={t('outcome')}
        options={[
          { value: 'confirmed', label: t('outcome.confirmed'), hint: t('outcome.confirmed.hint') },
          { value: 'dismissed', label: t('outcome.dismissed') },
        ]}
      />
      <TextArea {...form.field('reason')} label={t('reason')} hint={t('reason.hint')} rows={3} />
      <SubmitButton busy={form.busy}>{t('submit')}</SubmitButton>
    </Form>
  );
}
