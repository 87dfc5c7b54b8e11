import { LinkButton } from '~/components/LinkButton';
import { useMessages } from '~/i18n/use-messages';
import { useAffiliations } from './api';
import { messages } from './messages';

/** What a juror has stated for a contest, and the way to change it. */
export default function Stated({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const { data } = useAffiliations(challenge);
  if (!data) return null;
  const any = data.organisations.length > 0;
  return (
    <div class="panel">
      <p dir="auto">{any ? t('stated', { list: data.organisations.join(' · ') }) : t('none')}</p>
      <p class="actions">
        <LinkButton href={`/jury/challenges/${challenge}/affiliations`} kind="outline">
          {t(any ? 'change' : 'state')}
        </LinkButton>
      </p>
    </div>
  );
}
