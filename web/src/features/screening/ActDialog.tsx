import { useEffect, useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Dialog } from '~/components/Dialog';
import { ErrorState } from '~/components/ErrorState';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { zoneName } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { useForm } from '~/lib/use-form';
import { type Act, type ActRequest, type Overview, type Run, refresh, act as send } from './api';
import { messages } from './messages';
import { Skipped } from './Skipped';

/** What an act is about: ticked entries, or all that match a filter. */
export type Target = { entryIds?: string[]; filter?: ActRequest['filter']; count: number };

/** What the dialog must know of the challenge. */
type Around = Pick<Overview, 'challengeId' | 'timeZone' | 'reasons' | 'fields' | 'results'>;

type Props = {
  act: Act;
  target: Target;
  challenge: Around;
  onClose: () => void;
  onDone: (run: Run) => void;
};

/** Asks what an act needs, says how many entries it will change, and does it. */
export function ActDialog({ act, target, challenge, onClose, onDone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [preview, setPreview] = useState<{ run: Run; body: ActRequest }>();
  // Whoever goes back from what will change finds what was written.
  const [before, setBefore] = useState<Partial<ActRequest>>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const simple = act !== 'fail' && act !== 'correct';
  const look = async (more: Partial<ActRequest>) => {
    const { entryIds, filter } = target;
    const body: ActRequest = { act, entryIds, filter, language, ...more };
    setBefore(more);
    setPreview({ run: await send(challenge.challengeId, { ...body, preview: true }), body });
  };
  const again = () => {
    setError(undefined);
    look({}).catch(setError);
  };
  useEffect(() => {
    if (simple) again();
  }, []);
  const perform = async () => {
    if (!preview || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const body = { ...preview.body, expect: preview.run.total };
      const done = await send(challenge.challengeId, body, crypto.randomUUID());
      await refresh();
      onDone(done);
    } catch (failure) {
      setError(failure);
      setPreview(undefined);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t(`ask.${act}`)}>
      {error ? <ErrorState error={error} onRetry={simple ? again : undefined} /> : null}
      {preview ? (
        <div class="stack" aria-live="polite">
          <p>
            <strong>{t(`will.${act}`, { n: preview.run.done })}</strong>
          </p>
          <Skipped skipped={preview.run.skipped} />
          <p class="small muted">{t(`note.${act}`)}</p>
          <div class="actions">
            <Button onClick={simple ? onClose : () => setPreview(undefined)} autofocus>
              {t(simple ? 'cancel' : 'change')}
            </Button>
            {preview.run.done > 0 ? (
              <Button kind="primary" aria-busy={busy} onClick={perform}>
                {t(`do.${act}`, { n: preview.run.done })}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
      {!preview && act === 'fail' ? <Fail challenge={challenge} before={before} look={look} /> : null}
      {!preview && act === 'correct' ? <Correct challenge={challenge} before={before} look={look} /> : null}
    </Dialog>
  );
}

type Step = {
  challenge: Around;
  before: Partial<ActRequest>;
  look: (more: Partial<ActRequest>) => Promise<void>;
};

function Fail({ challenge, before, look }: Step) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `fail-${challenge.challengeId}`,
    initial: { reasons: before.reasons ?? [], note: before.note ?? '' },
    failed: t('failed'),
    check: (v) => ({
      reasons: v.reasons.length > 0 ? undefined : t('reasons.missing'),
      note: v.reasons.includes('other') && !v.note.trim() ? t('note.missing') : undefined,
    }),
    submit: (v) => look({ reasons: v.reasons, note: v.note }),
  });
  return (
    <Form form={form}>
      <CheckboxGroup
        {...form.list('reasons')}
        label={t('reasons')}
        options={challenge.reasons
          .filter((each) => !each.gone)
          .map((each) => {
            const label = textIn(each.label, language);
            return { value: each.key, label: label.text, lang: label.lang };
          })}
      />
      <TextArea
        {...form.field('note')}
        label={t('note')}
        hint={t('note.hint')}
        optional={!form.values.reasons.includes('other')}
        rows={3}
        limit={2000}
      />
      <SubmitButton busy={form.busy}>{t('preview')}</SubmitButton>
    </Form>
  );
}

function Correct({ challenge, before, look }: Step) {
  const t = useMessages(messages);
  const language = useLanguage();
  const zone = challenge.timeZone;
  // Three days from now at six in the evening there: time to answer, and before people go home.
  const soon = `${toLocal(new Date(Date.now() + 3 * 86_400_000).toISOString(), zone).slice(0, 10)}T18:00`;
  const form = useForm({
    id: `correct-${challenge.challengeId}`,
    initial: {
      fieldIds: before.fieldIds ?? [],
      until: before.until ? toLocal(before.until, zone) : soon,
      note: before.note ?? '',
    },
    failed: t('failed'),
    check: (v) => ({
      fieldIds: v.fieldIds.length > 0 ? undefined : t('fields.missing'),
      until: v.until ? undefined : t('until.missing'),
      note: v.note.trim() ? undefined : t('note.needed'),
    }),
    submit: (v) => look({ fieldIds: v.fieldIds, until: fromLocal(v.until, zone), note: v.note }),
  });
  return (
    <Form form={form}>
      <CheckboxGroup
        {...form.list('fieldIds')}
        label={t('fields')}
        options={challenge.fields.map((each) => {
          const label = textIn(each.label, language);
          return { value: each.id, label: label.text, lang: label.lang };
        })}
      />
      <TextInput
        {...form.field('until')}
        type="datetime-local"
        label={t('until.label')}
        hint={t('until.hint', { zone: zoneName(new Date(), zone) })}
      />
      <TextArea {...form.field('note')} label={t('ask.note')} hint={t('note.hint')} rows={3} limit={2000} />
      <SubmitButton busy={form.busy}>{t('preview')}</SubmitButton>
    </Form>
  );
}
