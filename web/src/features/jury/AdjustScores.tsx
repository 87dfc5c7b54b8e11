import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { Table } from '~/components/Table';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { same } from '~/lib/merge';
import { showToast } from '~/lib/toast';
import {
  type Criterion,
  type Queue,
  type QueueItem,
  readAssignment,
  refreshJury,
  saveReview,
  submitReview,
} from './api';
import { messages } from './messages';
import { oneDecimal, type Sheet, sheetOf, totalOf } from './total';
import { draftOf, typedOf } from './typed';

type Props = { queue: Queue; current: string };

/**
 * The juror's own scores side by side, to stay even-handed from the first entry to the last: each can be changed
 * here until the lock. What was sent before is sent again, as a version of its own; what was a draft stays one.
 */
export default function AdjustScores({ queue, current }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [changed, setChanged] = useState<Record<string, Sheet>>({});
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<string[]>([]);
  const sheet = (item: QueueItem) => changed[item.assignmentId] ?? sheetOf(item.scores);
  const count = Object.keys(changed).length;

  const set = (item: QueueItem, criterion: string, score: number | 'skip') =>
    setChanged((before) => {
      const next = { ...sheet(item), [criterion]: score };
      const { [item.assignmentId]: _, ...others } = before;
      return same(next, sheetOf(item.scores)) ? others : { ...others, [item.assignmentId]: next };
    });

  const why = (failure: unknown) =>
    failure instanceof ProblemError || failure instanceof Elsewhere ? failure.message : t('failed');
  const save = async () => {
    if (busy) return;
    setBusy(true);
    const told: string[] = [];
    const left: Record<string, Sheet> = {};
    for (const item of queue.items.filter((each) => changed[each.assignmentId])) {
      const scores = sheet(item);
      await adjust(item, scores, t('own.elsewhere')).catch((failure) => {
        left[item.assignmentId] = scores;
        told.push(`${item.reference}: ${why(failure)}`);
      });
    }
    await refreshJury();
    setChanged(left);
    setFaults(told);
    setBusy(false);
    if (told.length === 0) showToast(t('own.saved'));
  };

  return (
    <div class="sheet">
      {faults.length > 0 ? (
        <Notice tone="danger" title={t('own.failed')} live>
          <ul>
            {faults.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Table
        caption={t('own.caption')}
        narrow="scroll"
        rows={queue.items}
        rowKey={(item) => item.assignmentId}
        columns={[
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (item) =>
              item.assignmentId === current ? (
                <span class="nowrap">{item.reference}</span>
              ) : (
                <Link href={`/jury/${item.assignmentId}`} class="nowrap">
                  {item.reference}
                </Link>
              ),
          },
          ...queue.criteria.map((each) => ({
            key: each.id,
            title: textIn(each.name, language, queue.language).text,
            numeric: true,
            cell: (item: QueueItem) => {
              const score = sheet(item)[each.id];
              const words = score === 'skip' ? t('skip') : (score ?? '–');
              if (queue.locked || item.assignmentId === current || score === undefined) return words;
              return (
                <Score
                  criterion={each}
                  of={item.reference}
                  score={score}
                  onScore={(next) => set(item, each.id, next)}
                />
              );
            },
          })),
          {
            key: 'total',
            title: t('total'),
            numeric: true,
            cell: (item) => {
              const total = totalOf(queue.criteria, sheet(item));
              return total === undefined ? '–' : oneDecimal(total, language);
            },
          },
          {
            key: 'state',
            title: t('state'),
            cell: (item) => t(changed[item.assignmentId] ? 'own.unsaved' : `review.${item.state}`),
          },
        ]}
      />
      {queue.locked ? null : <p class="small muted">{t('own.adjust')}</p>}
      {count > 0 ? (
        <p>
          <Button kind="primary" onClick={() => void save()} aria-busy={busy}>
            {t('own.save', { n: count })}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

type ScoreProps = {
  criterion: Criterion;
  of: string;
  score: number | 'skip';
  onScore: (score: number | 'skip') => void;
};

function Score({ criterion, of, score, onScore }: ScoreProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const scores = Array.from(
    { length: criterion.highest - criterion.lowest + 1 },
    (_, at) => criterion.lowest + at,
  );
  return (
    <select
      class="input select own-score"
      aria-label={`${of}: ${textIn(criterion.name, language).text}`}
      value={String(score)}
      onChange={({ currentTarget: { value } }) => onScore(value === 'skip' ? 'skip' : Number(value))}
    >
      {scores.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
      {criterion.mayNotApply ? <option value="skip">{t('skip')}</option> : null}
    </select>
  );
}

class Elsewhere extends Error {}

/** Saves one row over what the table showed, and sends it again where it was sent. */
async function adjust(item: QueueItem, scores: Sheet, elsewhere: string): Promise<void> {
  const { review } = await readAssignment(item.assignmentId);
  const typed = typedOf(review, review.language);
  if (!same(typed.scores, sheetOf(item.scores))) throw new Elsewhere(elsewhere);
  const saved = await saveReview(item.assignmentId, review.version, draftOf({ ...typed, scores }));
  if (review.state === 'submitted') await submitReview(item.assignmentId, saved.version);
}
