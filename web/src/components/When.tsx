import { messages } from '~/app/messages';
import { date, dateTimeZone, ownZone, remaining } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useNow } from '~/lib/clock';

type Props = {
  /** ISO instant. */
  at: string;
  /** Zone to show it in; the visitor's own unless told. */
  zone?: string;
  /** Leaves the time of day out. */
  dateOnly?: boolean;
  /** Leaves the weekday out, where space is short. */
  short?: boolean;
};

/** An instant with its zone: "Wed 25 Nov 2026, 18:00 CET". */
export function When({ at, zone = ownZone(), dateOnly, short }: Props) {
  const language = useLanguage();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={dateOnly ? dateTimeZone(instant, zone, language) : undefined}>
      {dateOnly ? date(instant, zone, language) : dateTimeZone(instant, zone, language, !short)}
    </time>
  );
}

/** "in 3 days", "2 hours ago", on the server's clock. Second to an absolute time, never alone. */
export function Relative({ at }: { at: string }) {
  const t = useMessages(messages);
  const { unit, n, past } = remaining(new Date(at), useNow());
  return <>{t(past ? `ago.${unit}` : `in.${unit}`, { n })}</>;
}

/** "3 days", "5 hours": how long is left, for lists that say what ends. */
export function TimeLeft({ at }: { at: string }) {
  const t = useMessages(messages);
  const { unit, n, past } = remaining(new Date(at), useNow());
  return <>{past ? t('left.over') : t(`left.${unit}`, { n })}</>;
}
