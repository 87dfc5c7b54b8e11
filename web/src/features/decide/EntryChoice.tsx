import { RadioGroup } from '~/components/RadioGroup';
import { Select } from '~/components/Select';
import { Tag } from '~/components/Tag';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { date } from '~/i18n/dates';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Decision, Outcome, Row, Slot } from './api';
import { type Choice, fieldOf } from './choices';
import { messages } from './messages';
import { Standing } from './Standing';

type Props = {
  row: Row;
  choice: Choice;
  decision: Decision;
  /** Of reason and feedback. */
  language: Language;
  errors: Record<string, string>;
  onChange: (part: Partial<Choice>) => void;
};

/** One entry with what the jury says and what the host makes of it. */
export function EntryChoice({ row, choice, decision, language, errors, onChange }: Props) {
  const t = useMessages(messages);
  const page = useLanguage();
  const field = (name: keyof Choice) => ({
    name: fieldOf(row.entryId, name),
    error: errors[fieldOf(row.entryId, name)],
    value: choice[name],
    onValue: (value: string) => onChange({ [name]: value }),
  });
  const wins = choice.outcome === 'winner';
  const reason = row.reasonNeeded || choice.reason !== '' || field('reason').error !== undefined;
  return (
    <section class="panel decide-entry" aria-labelledby={`entry-${row.entryId}`}>
      <div>
        <h3 id={`entry-${row.entryId}`}>
          {row.reference} {row.teamName}
        </h3>
        <p class="small muted">{row.title}</p>
        <Standing row={row} order={decision.order} />
        {row.testbeds.length > 0 ? (
          <p class="small">
            {t('wanted')}
            {row.testbeds.map((each, at) => `${at + 1}. ${textIn(each as LocalText, page).text}`).join(' · ')}
          </p>
        ) : null}
        {row.reasonNeeded ? <Tag tone="warning">{t('reason.needed')}</Tag> : null}
      </div>
      <div class="decide-fields">
        <RadioGroup
          {...field('outcome')}
          onValue={(value) => onChange({ outcome: value as Outcome })}
          label={t('outcome')}
          options={(['winner', 'reserve', 'not_selected'] as const).map((each) => ({
            value: each,
            label: t(`outcome.${each}`),
          }))}
        />
        {wins || choice.outcome === 'reserve' ? (
          <TextInput
            {...field('place')}
            type="number"
            min="1"
            short
            label={t(wins ? 'place' : 'place.reserve')}
          />
        ) : null}
        {wins ? <Gifts decision={decision} field={field} /> : null}
      </div>
      <details class="decide-texts" open={reason || choice.feedback !== ''}>
        <summary>{t('texts')}</summary>
        <div class="stack">
          <TextArea
            {...field('reason')}
            label={t('reason')}
            hint={t('reason.hint')}
            optional={!row.reasonNeeded}
            rows={2}
            lang={language}
          />
          <TextArea
            {...field('feedback')}
            label={t('feedback')}
            hint={t('feedback.hint')}
            optional
            rows={2}
            lang={language}
          />
        </div>
      </details>
    </section>
  );
}

type FieldFor = (name: keyof Choice) => {
  name: string;
  error: string | undefined;
  value: string;
  onValue: (value: string) => void;
};

function Gifts({ decision, field }: { decision: Decision; field: FieldFor }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const slot = (each: Slot) =>
    `${slotName(each, language)} (${t('slot.free', { n: Math.max(0, each.capacity - each.taken) })})`;
  return (
    <>
      <Select
        {...field('slot')}
        label={t('slot')}
        empty={t('slot.empty')}
        options={decision.slots.map((each) => ({ value: each.id, label: slot(each) }))}
      />
      <Select
        {...field('prize')}
        label={t('prize')}
        optional
        empty={t('prize.empty')}
        options={decision.prizes.map((each) => ({ value: each.id, label: textIn(each.text, language).text }))}
      />
    </>
  );
}

/** A slot in words: where, and from when to when. */
export function slotName(slot: Slot, language: Language): string {
  const days = [slot.startsOn, slot.endsOn].map((day) => date(new Date(day), 'UTC', language)).join(' – ');
  return `${textIn(slot.testbed, language).text}, ${textIn(slot.city.name, language).text}, ${days}`;
}
