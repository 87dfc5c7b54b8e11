import { Relative, When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { Entry } from './api';
import { messages } from './messages';

type Props = { next: Entry['next']; zone: string };

/** What happens next, and when: in the challenge's zone, then how far off. */
export function NextStep({ next, zone }: Props) {
  const t = useMessages(messages);
  return (
    <>
      {t(`next.${next.what}`)}
      {next.at ? (
        <>
          {' '}
          <When at={next.at} zone={zone} />{' '}
          <span class="muted">
            <Relative at={next.at} />
          </span>
        </>
      ) : null}
    </>
  );
}
