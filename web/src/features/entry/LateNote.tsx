import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useNow } from '~/lib/clock';
import { type Entry, may } from './api';
import { messages } from './messages';

/** More time than everybody has, and what it means to send after the deadline. */
export function LateNote({ entry, sending }: { entry: Entry; sending?: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const now = useNow();
  const { closes, lateUntil, extension } = entry.window;
  const zone = entry.challenge.dates.timeZone;
  const late = now >= new Date(closes);
  if (entry.correction) return null; // its own moment counts
  if (!may(entry, 'entry.submit')) return <Was entry={entry} />;
  if (!extension && !late) return null;
  return (
    <Notice tone={late ? 'warning' : 'info'} title={t(extension ? 'late.extension' : 'late.grace')}>
      <p>
        {t('late.until')}
        <When at={lateUntil} zone={zone} />
      </p>
      {extension ? (
        <p>
          {t('late.reason')}
          <span lang={extension.language === language ? undefined : extension.language}>
            {extension.reason}
          </span>
        </p>
      ) : null}
      {late ? <p>{t(sending && sentInTime(entry) ? 'late.replaces' : 'late.marked')}</p> : null}
    </Notice>
  );
}

const sentInTime = ({ lastSubmission: sent }: Entry) =>
  sent?.kind === 'on_time' || sent?.kind === 'hash_only';

/** As what the last submission was taken, where it came after the deadline. */
function Was({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const kind = entry.lastSubmission?.kind;
  if (kind !== 'grace' && kind !== 'extension') return null;
  return <p class="small muted">{t(`late.was.${kind}`)}</p>;
}
