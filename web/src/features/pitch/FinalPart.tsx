import { Link } from 'wouter-preact';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { useRound } from './api';
import { FinalTable } from './FinalTable';
import { messages } from './messages';
import './pitch.css';

/** Beside the first round, where a pitch round was announced: how far it is, and what it came to. */
export default function FinalPart({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const round = useRound(challenge).data;
  if (!round || round.state === 'none' || round.state === 'judging') return null;
  const link = <Link href={`/manage/challenges/${challenge}/pitch`}>{t('go')}</Link>;
  if (round.state !== 'locked') {
    return (
      <Notice tone="warning" title={t(round.state === 'choosing' ? 'part.choosing' : 'part.open')}>
        <p>{link}</p>
      </Notice>
    );
  }
  return (
    <>
      <FinalTable round={round} />
      <p>{link}</p>
    </>
  );
}
