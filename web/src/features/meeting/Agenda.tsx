import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { Table } from '~/components/Table';
import { listed } from '~/i18n/listed';
import { type Translate, useLanguage, useMessages } from '~/i18n/use-messages';
import { call, type Item, type Meeting } from './api';
import { messages } from './messages';
import type en from './messages/en.json';
import { percent, points } from './words';

type Props = { meeting: Meeting; runs: boolean };

/** The entries in the order of the ranking, with what the jury has made of each so far. */
export function Agenda({ meeting, runs }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [next, setNext] = useState<Item>();
  const [error, setError] = useState<unknown>();
  const begin = async (item: Item) => {
    setNext(undefined);
    setError(undefined);
    try {
      await call(meeting, item.entryId);
    } catch (failure) {
      setError(failure);
    }
  };
  const name = (person: string) => meeting.people.find((each) => each.personId === person)?.name ?? '';
  const open = runs && meeting.state === 'open';
  return (
    <section class="section stack" aria-labelledby="agenda">
      <h2 id="agenda" tabIndex={-1}>
        {t('agenda')}
      </h2>
      <p class="prose small">{t('agenda.text')}</p>
      {error ? <ErrorState error={error} /> : null}
      <Table
        caption={t('agenda.caption')}
        rows={meeting.items}
        rowKey={(item) => item.entryId}
        columns={[
          { key: 'rank', title: t('rank'), numeric: true, cell: (item) => item.rank ?? '–' },
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (item) => (
              <>
                {item.reference} {item.teamName}
                <span class="small muted meeting-title">{item.title}</span>
                {item.away.length > 0 ? (
                  <span class="small meeting-title">
                    {t('away', {
                      names: listed(
                        item.away.map((each) => each.name),
                        language,
                      ),
                    })}
                  </span>
                ) : null}
              </>
            ),
          },
          {
            key: 'points',
            title: t('points'),
            numeric: true,
            cell: (item) => (item.official === undefined ? '–' : points(item.official, language)),
          },
          {
            key: 'chance',
            title: t('chance'),
            numeric: true,
            cell: (item) => (item.chance === undefined ? '–' : percent(item.chance, language)),
          },
          { key: 'made', title: t('recommendation'), cell: (item) => <Made item={item} /> },
          ...(open
            ? [
                {
                  key: 'act',
                  title: t('discuss.title'),
                  cell: (item: Item) =>
                    item.entryId === meeting.currentId ? (
                      t('discuss.now')
                    ) : (
                      <Button
                        onClick={() => (item.mustLeave.length > 0 ? setNext(item) : void begin(item))}
                        aria-label={t('discuss.entry', { entry: item.reference })}
                      >
                        {t('discuss')}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      <ConfirmDialog
        open={next !== undefined}
        onClose={() => setNext(undefined)}
        onConfirm={() => next && void begin(next)}
        title={t('leave')}
        confirm={t('leave.done')}
      >
        <p>{t('leave.text', { names: listed((next?.mustLeave ?? []).map(name), language) })}</p>
      </ConfirmDialog>
    </section>
  );
}

/** "Winner, place 1 · 4 for, 0 against, 1 abstention". */
function Made({ item }: { item: Item }) {
  const t = useMessages(messages);
  if (item.outcome === undefined) return <span class="muted">{t('pending')}</span>;
  return (
    <>
      <strong>{outcomeText(t, item)}</strong>
      <span class="small meeting-title">{votesText(t, item.votes)}</span>
      {item.reason ? <span class="small meeting-title">{item.reason}</span> : null}
      {item.reasonNeeded ? <span class="small meeting-title error-text">{t('missing.reason')}</span> : null}
    </>
  );
}

type T = Translate<keyof typeof en>;

export function outcomeText(t: T, item: { outcome?: Item['outcome']; place?: number }): string {
  if (item.outcome === undefined) return t('pending');
  const outcome = t(`outcome.${item.outcome}`);
  return item.place === undefined ? outcome : t('outcome.place', { outcome, n: item.place });
}

export function votesText(t: T, votes: Item['votes']): string {
  return t('votes.said', { for: votes.for, against: votes.against, abstain: votes.abstain });
}
