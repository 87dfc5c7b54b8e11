import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { nameOf } from './amount';
import type { Kpi } from './api';
import { refreshFigures } from './api';
import { messages } from './messages';

type Props = {
  open: boolean;
  onClose: () => void;
  /** What can be measured; with one there is nothing to choose. */
  indicators: Pick<Kpi, 'slug' | 'name' | 'counts'>[];
};

/** Takes a figure that was reached outside the platform, with where it can be checked. */
export function MeasurementDialog({ open, onClose, indicators }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog open={open} onClose={onClose} title={t('enter')}>
      <MeasurementForm indicators={indicators} onDone={onClose} />
    </Dialog>
  );
}

function MeasurementForm({ indicators, onDone }: { indicators: Props['indicators']; onDone: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const only = indicators.length === 1 ? indicators[0] : undefined;
  const form = useForm({
    id: `measurement-${only?.slug ?? 'any'}`,
    initial: { slug: only?.slug ?? '', measuredOn: '', value: '', evidence: '', note: '' },
    failed: t('enter.failed'),
    check: (v) => ({
      slug: v.slug ? undefined : t('enter.slug.missing'),
      measuredOn: v.measuredOn ? undefined : t('enter.day.missing'),
      value: v.value.trim() !== '' && Number.isFinite(Number(v.value)) ? undefined : t('enter.value.missing'),
      evidence: v.evidence.trim() ? undefined : t('enter.evidence.missing'),
    }),
    submit: async (v, key) => {
      await ok(
        api.POST('/kpi/{slug}/measurements', {
          params: { path: { slug: v.slug } },
          headers: idempotencyKey(key),
          body: { measuredOn: v.measuredOn, value: Number(v.value), evidence: v.evidence, note: v.note },
        }),
      );
      await refreshFigures();
      showToast(t('enter.done'));
      onDone();
    },
  });
  const chosen = indicators.find((kpi) => kpi.slug === form.values.slug);
  return (
    <Form form={form}>
      {only ? (
        <p lang={nameOf(only, language).lang}>{nameOf(only, language).text}</p>
      ) : (
        <Select
          {...form.field('slug')}
          label={t('indicator')}
          empty={t('enter.slug.empty')}
          options={indicators.map((kpi) => ({ value: kpi.slug, label: nameOf(kpi, language).text }))}
        />
      )}
      <TextInput {...form.field('measuredOn')} type="date" short label={t('enter.day')} />
      <TextInput
        {...form.field('value')}
        type="number"
        inputMode="decimal"
        min="0"
        step="any"
        short
        label={t('enter.value')}
        hint={t(chosen?.counts ? 'enter.value.hint.counted' : 'enter.value.hint')}
      />
      <TextArea {...form.field('evidence')} label={t('evidence')} hint={t('enter.evidence.hint')} rows={2} />
      <TextArea {...form.field('note')} label={t('note')} optional rows={2} />
      <div class="actions">
        <SubmitButton busy={form.busy}>{t('enter.submit')}</SubmitButton>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </Form>
  );
}
