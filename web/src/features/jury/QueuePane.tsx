import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { ProgressBar } from '~/components/ProgressBar';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useStore } from '~/lib/store';
import { waiting } from './along/waiting';
import type { Queue, QueueItem } from './api';
import { messages } from './messages';

type Props = { queue: Queue; current: string; onHelp: () => void; keysOn: boolean };

/** The juror's entries with how far each one is. On a phone it folds away. */
export function QueuePane({ queue, current, onHelp, keysOn }: Props) {
  const t = useMessages(messages);
  const done = queue.items.filter((item) => item.state === 'submitted' || item.state === 'changed').length;
  const words = t('scored.of', { n: done, of: queue.items.length });
  return (
    <nav class="cockpit-queue" aria-label={t('queue')}>
      <p>
        <Link href="/jury">{t('back')}</Link>
      </p>
      <ProgressBar label={t('scored')} value={done} max={queue.items.length} text={words} />
      <p class="small muted">
        {t('until')}: <When at={queue.judgingEndsAt} zone={queue.timeZone} short />
      </p>
      <details class="cockpit-list" open={matchMedia('(min-width: 64rem)').matches}>
        <summary>{t('queue.open', { n: queue.items.length })}</summary>
        <ol>
          {queue.items.map((item) => (
            <li key={item.assignmentId}>
              <Item item={item} current={item.assignmentId === current} />
            </li>
          ))}
        </ol>
      </details>
      <p>
        <Button kind="link" onClick={onHelp}>
          {t(keysOn ? 'keys' : 'keys.areOff')}
        </Button>
      </p>
    </nav>
  );
}

function Item({ item, current }: { item: QueueItem; current: boolean }) {
  const t = useMessages(messages);
  const kept = useStore(waiting).some((each) => each.assignment === item.assignmentId);
  return (
    <Link
      href={`/jury/${item.assignmentId}`}
      class="cockpit-item"
      aria-current={current ? 'page' : undefined}
    >
      <span>{item.reference}</span>
      <span class="small">
        {kept ? t('review.kept') : item.state === 'todo' ? '' : t(`review.${item.state}`)}
      </span>
    </Link>
  );
}
