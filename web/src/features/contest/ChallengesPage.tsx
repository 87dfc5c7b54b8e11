import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { ChallengeList } from './ChallengeList';
import { messages } from './messages';

/** All published challenges. */
export default function ChallengesPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('list.title')} lead={<p>{t('list.lead')}</p>}>
      <ChallengeList />
    </Page>
  );
}
