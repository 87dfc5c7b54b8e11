import { useEffect, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { leave, type Progress, type Taken, take, takenOf } from '~/features/jury/along/take';
import type { Duty } from '~/features/jury/api';
import { oneDecimal } from '~/features/jury/total';
import { ownZone, time } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import './along.css';

/** What of each challenge is taken along, and the way to the form. */
export default function TakeAlong({ duties }: { duties: Duty[] }) {
  const t = useMessages(messages);
  const open = duties.filter((each) => each.state === 'judging' || each.state === 'done');
  return (
    <>
      {open.length > 0 ? (
        <section class="section stack" aria-labelledby="along">
          <h2 id="along">{t('along')}</h2>
          <p class="prose">{t('along.text')}</p>
          <ul class="along-list">
            {open.map((duty) => (
              <li key={duty.challengeId}>
                <Along duty={duty} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function Along({ duty }: { duty: Duty }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [taken, setTaken] = useState<Taken>();
  const [progress, setProgress] = useState<Progress>();
  const [fault, setFault] = useState('');
  const [missing, setMissing] = useState(0);
  const look = () => takenOf(duty.challengeId).then(setTaken, () => setTaken(undefined));
  useEffect(() => void look(), [duty.challengeId]);
  const title = textIn(duty.title, language, duty.language);

  const run = async () => {
    if (progress) return;
    setFault('');
    try {
      const done = await take(duty.challengeId, setProgress);
      setMissing(done.missing);
    } catch (failure) {
      setFault(failure instanceof ProblemError ? failure.message : t('along.failed'));
    } finally {
      setProgress(undefined);
      await look();
    }
  };
  const drop = async () => {
    await leave(duty.challengeId);
    await look();
  };
  return (
    <div class="along">
      <div>
        <h3 lang={title.lang}>{title.text}</h3>
        <p class="small muted" role="status">
          {progress
            ? t('along.progress', { n: progress.done, of: progress.of })
            : taken
              ? t('along.taken', {
                  n: taken.entries,
                  size: `${oneDecimal(taken.bytes / 1e6, language)} MB`,
                  time: time(new Date(taken.at), ownZone()),
                })
              : t('along.not')}
        </p>
        {missing > 0 ? <p class="small">{t('along.missing', { n: missing })}</p> : null}
        {fault ? <p class="error-text">{fault}</p> : null}
      </div>
      <p class="actions">
        <Button kind={taken ? 'outline' : 'primary'} onClick={() => void run()} aria-busy={!!progress}>
          {t(taken ? 'along.renew' : 'along.take')}
          <span class="visually-hidden">: {title.text}</span>
        </Button>
        <Link href={`/jury/challenges/${duty.challengeId}/form`}>
          {t('along.form')}
          <span class="visually-hidden">: {title.text}</span>
        </Link>
        {taken ? (
          <Button kind="link" onClick={() => void drop()}>
            {t('along.drop')}
            <span class="visually-hidden">: {title.text}</span>
          </Button>
        ) : null}
      </p>
    </div>
  );
}
