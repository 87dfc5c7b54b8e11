import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { usePitchDuties } from './api';
import { messages } from './messages';

/** On the juror's overview: the pitches to score. */
export default function Duties() {
  const t = useMessages(messages);
  const language = useLanguage();
  const open = usePitchDuties().data?.items.filter((each) => !each.locked) ?? [];
  return (
    <>
      {open.map((duty) => {
        const title = textIn(duty.title, language, duty.language);
        return (
          <Notice key={duty.challengeId} title={t('duty')}>
            <p lang={title.lang === language ? undefined : title.lang}>{title.text}</p>
            <p>
              {t('duty.first')}
              <When at={duty.first} zone={duty.timeZone} /> ·{' '}
              {t('duty.scored', { n: duty.scored, of: duty.pitches })}
            </p>
            <p>
              <LinkButton href={`/jury/challenges/${duty.challengeId}/pitch`}>{t('duty.go')}</LinkButton>
            </p>
          </Notice>
        );
      })}
    </>
  );
}
