import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { dropUnsent, look, start, type Unsent, waiting, whoAmI } from '~/features/jury/along';
import { sendAll } from '~/features/jury/along/sender';
import { useMessages } from '~/i18n/use-messages';
import { useStore } from '~/lib/store';
import { messages } from './messages';

/** What is still to be sent from this browser. */
export default function Waiting() {
  const t = useMessages(messages);
  const drafts = useStore(waiting);
  useEffect(start, []);
  const again = async () => {
    const person = await whoAmI();
    if (person) await sendAll(person);
  };
  /** What came too late for the server goes when the juror has seen it. */
  const discard = async (key: string) => {
    const person = await whoAmI();
    await dropUnsent(key);
    if (person) await look(person);
  };
  if (drafts.length === 0) return null;
  return (
    <Notice tone="warning" title={t('unsent', { n: drafts.length })} live>
      <p>{t('unsent.text')}</p>
      <ul>
        {drafts.map((each) => (
          <li key={each.key}>
            <Link href={placeOf(each)}>{each.reference}</Link>
            {each.stuck ? ` · ${each.stuck === 'clash' ? t('unsent.clash') : each.stuck} ` : ''}
            {each.stuck && each.stuck !== 'clash' ? (
              <Button kind="link" onClick={() => void discard(each.key)}>
                {t('unsent.discard')}
                <span class="visually-hidden">{`: ${each.reference}`}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p>
        <Button onClick={() => void again().catch(() => {})}>{t('unsent.send')}</Button>
      </p>
    </Notice>
  );
}

/** Where it was typed. */
function placeOf({ assignment, challenge }: Unsent): string {
  const [round, entry] = assignment.split(/-(.*)/);
  return entry && (round === 'pitch' || round === 'calibration')
    ? `/jury/challenges/${challenge}/${round}`
    : `/jury/${assignment}`;
}
