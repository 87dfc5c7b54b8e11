import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { Table } from '~/components/Table';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { zoneName } from '~/i18n/dates';
import { useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { move, type Round, type Row } from './api';
import { messages } from './messages';
import { Place } from './Place';

type Props = { round: Round; runs: boolean };

/** Who pitches when and where, how many sheets are complete, and who was passed over and why. */
export function Appointments({ round, runs }: Props) {
  const t = useMessages(messages);
  const [moving, setMoving] = useState<Row>();
  const invited = round.rows
    .filter((row) => row.invited)
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const reasons = round.rows.filter((row) => row.reason);
  return (
    <section class="stack" aria-labelledby="appointments">
      <h2 id="appointments">{t('appointments')}</h2>
      <Table
        caption={t('appointments')}
        hideCaption
        rows={invited}
        rowKey={(row) => row.entryId}
        columns={[
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (row) => <Called row={row} />,
          },
          {
            key: 'at',
            title: t('at'),
            cell: (row) => (row.at ? <When at={row.at} zone={round.timeZone} /> : null),
          },
          { key: 'place', title: t('place'), cell: (row) => <Place text={row.place} /> },
          { key: 'sheets', title: t('sheets'), numeric: true, cell: (row) => row.sheets },
          ...(runs
            ? [
                {
                  key: 'move',
                  title: t('act'),
                  cell: (row: Row) => (
                    <Button kind="link" onClick={() => setMoving(row)}>
                      {t('move.of', { entry: row.reference })}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {reasons.length > 0 ? (
        <>
          <h3>{t('departures')}</h3>
          <ul class="pitch-notes">
            {reasons.map((row) => (
              <li key={row.entryId}>
                {t(row.invited ? 'departs.in' : 'departs.out', {
                  entry: row.reference,
                  rank: row.rank,
                  reason: row.reason,
                })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Dialog open={moving !== undefined} onClose={() => setMoving(undefined)} title={t('move')}>
        {moving ? <MoveForm round={round} row={moving} onDone={() => setMoving(undefined)} /> : null}
      </Dialog>
    </section>
  );
}

/** Reference, team and title of an entry. */
export function Called({ row }: { row: Pick<Row, 'reference' | 'teamName' | 'title'> }) {
  return (
    <>
      {row.reference} {row.teamName}
      {row.title ? <span class="pitch-title small muted">{row.title}</span> : null}
    </>
  );
}

function MoveForm({ round, row, onDone }: { round: Round; row: Row; onDone: () => void }) {
  const t = useMessages(messages);
  const zone = round.timeZone;
  const form = useForm({
    id: `pitch-move-${row.entryId}-${round.version}`,
    initial: { at: row.at ? toLocal(row.at, zone) : '', place: row.place },
    check: (v) => ({ at: v.at ? undefined : t('at.missing') }),
    failed: t('failed'),
    submit: async (v) => {
      await move(round, { entryId: row.entryId, at: fromLocal(v.at, zone), place: v.place });
      showToast(t('moved'));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <p>{row.reference}</p>
      <TextInput
        {...form.field('at')}
        type="datetime-local"
        label={t('at')}
        hint={t('zone', { zone: zoneName(new Date(), zone) })}
      />
      <TextInput {...form.field('place')} label={t('place')} hint={t('place.hint')} />
      <SubmitButton busy={form.busy}>{t('move.save')}</SubmitButton>
    </Form>
  );
}
