import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { listed } from '~/i18n/listed';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { call, type Item, type Meeting, type Outcome, saveItem } from './api';
import { messages } from './messages';
import { RecuseForm } from './RecuseForm';
import { points } from './words';

type Props = { meeting: Meeting; item: Item };

/** The entry under discussion: what the jurors gave, what is said, and the vote. */
export function ItemForm({ meeting, item }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [recusing, setRecusing] = useState(false);
  const form = useForm({
    id: `item-${item.entryId}-${item.version}`,
    initial: {
      notes: item.notes,
      outcome: item.outcome ?? '',
      place: item.place === undefined ? '' : String(item.place),
      reason: item.reason,
      for: String(item.votes.for),
      against: String(item.votes.against),
      abstain: String(item.votes.abstain),
    },
    serverNames: { 'votes.for': 'for', 'votes.against': 'against', 'votes.abstain': 'abstain', votes: 'for' },
    failed: t('failed'),
    submit: async (v) => {
      const outcome = v.outcome === '' ? undefined : (v.outcome as Outcome);
      const placed = outcome === 'winner' || outcome === 'reserve';
      await saveItem(meeting, item, {
        entryId: item.entryId,
        notes: v.notes,
        reason: v.reason,
        outcome,
        place: placed ? Number(v.place) || undefined : undefined,
        votes: { for: Number(v.for) || 0, against: Number(v.against) || 0, abstain: Number(v.abstain) || 0 },
      });
      showToast(t('saved'));
    },
  });
  const placed = form.values.outcome === 'winner' || form.values.outcome === 'reserve';
  const scores = item.scores.map(
    (each) => `${each.name ?? t('juror.n', { n: each.label })}: ${points(each.total, language)}`,
  );
  return (
    <section class="panel stack meeting-current" aria-labelledby="current">
      <h2 id="current" tabIndex={-1}>
        {item.reference} {item.teamName}
      </h2>
      <p class="small muted">{item.title}</p>
      <p>
        {item.rank === undefined ? t('unranked') : t('ranked', { n: item.rank })}
        {item.official === undefined ? null : t('official', { value: points(item.official, language) })}
      </p>
      <p class="small">{scores.join(' · ')}</p>
      {item.away.length > 0 ? (
        <Notice>
          <p>
            {t('away', {
              names: listed(
                item.away.map((each) => each.name),
                language,
              ),
            })}
          </p>
        </Notice>
      ) : null}
      <p>{t('voters', { n: item.voters, quorum: item.quorum })}</p>
      <Form form={form}>
        <TextArea {...form.field('notes')} label={t('notes')} optional rows={4} lang={meeting.language} />
        <div class="meeting-outcomes">
          <RadioGroup
            {...form.field('outcome')}
            label={t('recommendation')}
            bare
            options={[
              ...(['winner', 'reserve', 'not_selected'] as const).map((each) => ({
                value: each,
                label: t(`outcome.${each}`),
              })),
              { value: '', label: t('pending') },
            ]}
          />
        </div>
        {placed ? (
          <TextInput {...form.field('place')} type="number" min="1" short label={t('place.among')} />
        ) : null}
        <fieldset class="field">
          <legend class="label">{t('votes')}</legend>
          <div class="meeting-votes">
            {(['for', 'against', 'abstain'] as const).map((each) => (
              <TextInput
                key={each}
                {...form.field(each)}
                type="number"
                min="0"
                short
                bare
                label={t(`votes.${each}`)}
              />
            ))}
          </div>
        </fieldset>
        <TextArea
          {...form.field('reason')}
          label={t('reason')}
          hint={t('reason.hint')}
          optional={!item.reasonNeeded}
          rows={2}
          lang={meeting.language}
        />
        <div class="actions">
          <SubmitButton busy={form.busy}>{t('save')}</SubmitButton>
          <Button onClick={() => void call(meeting)}>{t('discuss.end')}</Button>
          <Button kind="link" onClick={() => setRecusing(true)}>
            {t('recuse')}
          </Button>
        </div>
      </Form>
      <Dialog open={recusing} onClose={() => setRecusing(false)} title={t('recuse')}>
        <RecuseForm meeting={meeting} item={item} onDone={() => setRecusing(false)} />
      </Dialog>
    </section>
  );
}
