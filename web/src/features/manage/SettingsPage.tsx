import { Link } from 'wouter-preact';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { useCities, useManaged, useTestbeds } from './api';
import { messages } from './messages';
import { Onward } from './Onward';
import { SettingsForm } from './SettingsForm';

/** Cities, testbeds, dates, address and tags of a challenge. */
export default function SettingsPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useManaged(params.id ?? '');
  const cities = useCities();
  const testbeds = useTestbeds();
  return (
    <QueryView query={query} page>
      {(challenge) => (
        <Page
          title={t('settings.title')}
          above={<Link href={`/manage/challenges/${challenge.id}`}>{t('back')}</Link>}
          narrow
        >
          {challenge.allowedActions.includes('challenge.edit') ? (
            <QueryView query={cities}>
              {(all) => (
                <QueryView query={testbeds}>
                  {(beds) => <SettingsForm challenge={challenge} cities={all.items} testbeds={beds.items} />}
                </QueryView>
              )}
            </QueryView>
          ) : (
            <Notice title={t('text.fixed')}>
              <p>{t(challenge.state === 'published' ? 'text.fixed.published' : 'text.fixed.sent')}</p>
            </Notice>
          )}
          <Onward id={challenge.id} from="settings" />
        </Page>
      )}
    </QueryView>
  );
}
