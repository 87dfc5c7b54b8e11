import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

type Hint = components['schemas']['ConflictHint'];

/** Possible conflicts that the program has found or a team has named: the chair decides about each by an act. */
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
      <ul class="stack">
        {data.items.map((hint) => (
          <li key={hint.seatId + hint.entryId}>
            <strong>{hint.juror}</strong> · {hint.reference}
            {hint.teamName ? ` ${hint.teamName}` : ''}
            <Why hint={hint} />
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

/** What speaks for a conflict, the team's own words last. */
function Why({ hint }: { hint: Hint }) {
  const t = useMessages(messages);
  return (
    <>
      {hint.why.map((why) => (
        <p key={why}>{t(`why.${why}`)}</p>
      ))}
      {hint.states ? <p dir="auto">{t('states', { name: hint.states })}</p> : null}
      {hint.naming ? (
        <div class="prose">
          <p>{t('named')}</p>
          <blockquote>
            <LangText text={hint.naming.reason} lang={hint.naming.language} />
          </blockquote>
        </div>
      ) : null}
    </>
  );
}

function Ruling({ challenge, hint, onDone }: { challenge: string; hint: Hint; onDone: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `ruling-${hint.seatId}-${hint.entryId}`,
    initial: { outcome: '', reason: '', toTeam: '' },
    failed: t('failed'),
    check: (v) => ({
      outcome: v.outcome ? undefined : t('outcome.missing'),
      reason: v.reason.trim() ? undefined : t('reason.missing'),
      toTeam: !hint.naming || v.toTeam.trim() ? undefined : t('toTeam.missing'),
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
            ...(hint.naming ? { toTeam: v.toTeam, language } : {}),
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
      <p>
        <strong>{`${hint.juror} · ${hint.reference}`}</strong>
      </p>
      <Why hint={hint} />
      <RadioGroup
        {...form.field('outcome')}
        label={t('outcome')}
        options={[
          { value: 'confirmed', label: t('outcome.confirmed'), hint: t('outcome.confirmed.hint') },
          { value: 'dismissed', label: t('outcome.dismissed') },
        ]}
      />
      <TextArea {...form.field('reason')} label={t('reason')} hint={t('reason.hint')} rows={3} limit={1000} />
      {hint.naming ? (
        <TextArea
          {...form.field('toTeam')}
          label={t('toTeam')}
          hint={t('toTeam.hint')}
          rows={3}
          limit={1000}
        />
      ) : null}
      <SubmitButton busy={form.busy}>{t('submit')}</SubmitButton>
    </Form>
  );
}
