import { Disclosure } from '~/components/Disclosure';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { oneDecimal } from '~/features/jury/total';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useInvitation } from './api';
import { messages } from './messages';
import { Place } from './Place';
import { CriteriaTable } from './RulesView';

/** On a team's entry: when and where it pitches. Nothing where it is not invited. */
export default function Invitation({ entryId }: { entryId: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const found = useInvitation(entryId).data;
  if (!found?.invited || !found.at) return null;
  return (
    <Notice tone="success" title={t('invitation')}>
      <p>
        <strong>
          <When at={found.at} zone={found.timeZone} />
        </strong>
      </p>
      <p>
        <Place text={found.place ?? ''} />
      </p>
      {found.pitch === undefined ? (
        <p class="small">{t('invitation.next')}</p>
      ) : (
        <p>{t('invitation.total', { total: oneDecimal(found.pitch, language) })}</p>
      )}
      <Disclosure summary={t('invitation.criteria')}>
        <CriteriaTable criteria={found.criteria ?? []} />
      </Disclosure>
    </Notice>
  );
}
