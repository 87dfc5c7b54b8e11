import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Checkbox } from '~/components/Checkbox';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { oneDecimal } from '~/features/jury/total';
import { zoneName } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { name, type Round, type Row } from './api';
import { messages } from './messages';
import { departing, filled } from './shortlist';

type Values = Record<string, string | boolean>;

/** The chair names the shortlist: the first of the ranking, or others with a reason for each. */
export function ShortlistForm({ round }: { round: Round }) {
  const t = useMessages(messages);
  const [more, setMore] = useState(0);
  const [asking, setAsking] = useState(false);
  const zone = round.timeZone;
  const initial: Values = {};
  const serverNames: Record<string, string> = {};
  for (const [at, row] of round.rows.entries()) {
    initial[`in.${row.entryId}`] = row.suggested;
    for (const part of ['at', 'place', 'reason']) {
      initial[`${part}.${row.entryId}`] = '';
      serverNames[`entries.${at}.${part}`] = `${part}.${row.entryId}`;
    }
  }
  const form = useForm<Values>({
    id: `shortlist-${round.challengeId}`,
    initial,
    serverNames: { ...serverNames, entries: `in.${round.rows[0]?.entryId}` },
    failed: t('failed'),
    submit: async (v) => {
      await name(
        round,
        round.rows.slice(0, 1000).map((row) => {
          const text = (part: string) => String(v[`${part}.${row.entryId}`] ?? '');
          const invited = v[`in.${row.entryId}`] === true;
          return {
            entryId: row.entryId,
            invited,
            reason: text('reason') || undefined,
            at: invited && text('at') ? fromLocal(text('at'), zone) : undefined,
            place: invited ? text('place') : undefined,
          };
        }),
      );
      showToast(t('named'));
    },
  });
  const isIn = (row: Row) => form.values[`in.${row.entryId}`] === true;
  const invited = round.rows.filter(isIn);
  const departs = departing(round.rows, isIn);
  // Suggested ones, those at the edge, and some behind them.
  const shown = round.rows.slice(0, round.invited + 5 + more);
  const choose = (row: Row, checked: boolean) => form.set(`in.${row.entryId}`, checked);
  const fill = () => {
    for (const [key, value] of Object.entries(filled(invited, form.values))) form.set(key, value);
  };
  return (
    <section class="stack" aria-labelledby="shortlist">
      <h2 id="shortlist">{t('shortlist')}</h2>
      <p class="prose">{t('shortlist.text', { n: round.invited })}</p>
      {round.rows.some((row) => row.edge) ? <Notice tone="warning">{t('edge')}</Notice> : null}
      {round.lotteryOpen ? <Notice tone="warning">{t('lottery')}</Notice> : null}
      <Form form={{ ...form, submit: async () => setAsking(true) }}>
        <ol class="pitch-list">
          {shown.map((row) => (
            <Line
              key={row.entryId}
              row={row}
              departs={departs.has(row.entryId)}
              zone={zone}
              form={form}
              choose={choose}
            />
          ))}
        </ol>
        {shown.length < round.rows.length ? (
          <p>
            <Button onClick={() => setMore(more + 20)}>{t('more')}</Button>
          </p>
        ) : null}
        <p role="status" class={invited.length > round.invited ? 'error-text' : undefined}>
          {t('chosen', { n: invited.length, of: round.invited })}
        </p>
        <div class="actions">
          <SubmitButton busy={form.busy}>{t('name')}</SubmitButton>
          <Button onClick={fill}>{t('fill')}</Button>
        </div>
      </Form>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void form.submit();
        }}
        title={t('name.confirm')}
        confirm={t('name')}
      >
        <p>{t('name.confirm.text', { n: invited.length })}</p>
      </ConfirmDialog>
    </section>
  );
}

type LineProps = {
  row: Row;
  departs: boolean;
  zone: string;
  form: ReturnType<typeof useForm<Values>>;
  choose: (row: Row, checked: boolean) => void;
};

/** One entry: whether it comes, when and where; why, where this departs from the order of rank. */
function Line({ row, departs, zone, form, choose }: LineProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = row.entryId;
  const comes = form.values[`in.${id}`] === true;
  const called = [row.reference, row.teamName].filter(Boolean).join(' ');
  return (
    <li class={comes ? 'pitch-line pitch-line-in' : 'pitch-line'} value={row.rank}>
      <Checkbox
        {...form.box(`in.${id}`)}
        onChecked={(checked) => choose(row, checked)}
        label={t('rank.entry', { rank: row.rank, entry: called })}
        hint={
          <>
            {row.title ? <span class="pitch-title">{row.title}</span> : null}
            {t('first', { total: oneDecimal(row.first, language) })}
            {row.edge ? (
              <>
                {' '}
                <Tag tone="warning">{t('edge.tag')}</Tag>
              </>
            ) : null}
          </>
        }
        bare
      />
      {comes ? (
        <div class="pitch-when">
          <TextInput
            {...form.field(`at.${id}`)}
            type="datetime-local"
            label={t('at.of', { entry: row.reference })}
            hint={t('zone', { zone: zoneName(new Date(), zone) })}
          />
          <TextInput
            {...form.field(`place.${id}`)}
            label={t('place.of', { entry: row.reference })}
            hint={t('place.hint')}
          />
        </div>
      ) : null}
      {departs ? (
        <TextArea
          {...form.field(`reason.${id}`)}
          label={t(comes ? 'reason.in' : 'reason.out', { entry: row.reference })}
          hint={t('reason.hint')}
          rows={2}
        />
      ) : null}
    </li>
  );
}
