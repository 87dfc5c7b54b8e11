import { Link } from 'wouter-preact';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { type SecurityEvent, useSecurityLog } from './api';
import { browserName } from './browser-name';
import { messages } from './messages';

/** What was done to one's ways in, sign-ins among it, the latest first. */
export default function LogPage() {
  const t = useMessages(messages);
  const query = useSecurityLog();
  const pages = query.data?.pages ?? [];
  const events = pages.flatMap((page) => page.items);
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {() => (
        <Page
          title={t('log.title')}
          lead={<p>{t('log.lead')}</p>}
          above={<Link href="/account/security">{t('security.title')}</Link>}
          middle
        >
          <p>{t('log.unknown')}</p>
          {events.length === 0 ? <EmptyState title={t('log.empty')} /> : <Events events={events} />}
          <ShowMore
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </Page>
      )}
    </QueryView>
  );
}

function Events({ events }: { events: SecurityEvent[] }) {
  const t = useMessages(messages);
  return (
    <Table
      caption={t('log.title')}
      hideCaption
      rows={events}
      rowKey={(event) => event.id}
      columns={[
        {
          key: 'what',
          title: t('log.what'),
          heading: true,
          cell: (event) => (
            <>
              {t(`event.${event.kind}`)}
              <Detail event={event} />
            </>
          ),
        },
        {
          key: 'with',
          title: t('log.with'),
          cell: (event) =>
            event.method ? (
              <>
                {browserName(event.agent ?? '') || t('devices.unknown')}
                {event.address ? (
                  <>
                    {' · '}
                    <bdi>{event.address}</bdi>
                  </>
                ) : null}
              </>
            ) : (
              '–'
            ),
        },
        { key: 'at', title: t('log.at'), cell: (event) => <When at={event.at} short /> },
      ]}
    />
  );
}

const roles = ['admin', 'manager', 'official', 'translator', 'juror', 'chair', 'auditor'] as const;

/** A role, a name or an address, how one signed in, and whether somebody else did it. */
function Detail({ event }: { event: SecurityEvent }) {
  const t = useMessages(messages);
  const role = roles.find((each) => each === event.detail);
  const parts = [
    role ? t(`role.${role}`) : event.detail,
    event.method ? t(`method.${event.method}`) : undefined,
    event.factor && event.method !== 'passkey' ? t('devices.factor') : undefined,
    event.byOther ? t('log.byOther') : undefined,
  ].filter(Boolean);
  return parts.length > 0 ? (
    <div class="small muted">
      <bdi>{parts.join(' · ')}</bdi>
    </div>
  ) : null;
}
