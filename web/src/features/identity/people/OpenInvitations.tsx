import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { ownZone } from '~/i18n/dates';
import { useMessages } from '~/i18n/use-messages';
import { type Invitation, useOpenInvitations } from '../api';
import { messages } from '../messages';
import { ScopeName } from '../ScopeName';
import { useDeed } from './use-deed';

/** Invitations that wait for an answer. */
export function OpenInvitations() {
  const t = useMessages(messages);
  const query = useOpenInvitations();
  return (
    <section class="section" aria-labelledby="invitations">
      <h2 id="invitations">{t('open.title')}</h2>
      <QueryView query={query} loading="s">
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p class="muted">{t('open.none')}</p>;
          return (
            <>
              <Table
                caption={t('open.title')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { key: 'email', title: t('email'), heading: true, cell: (row) => row.email },
                  {
                    key: 'role',
                    title: t('invite.role'),
                    cell: (row) => (
                      <>
                        {t(`role.${row.role}`)} · <ScopeName scope={row.scope} />
                      </>
                    ),
                  },
                  {
                    key: 'expires',
                    title: t('open.expires'),
                    cell: (row) => <When at={row.expiresAt} zone={ownZone()} short />,
                  },
                  { key: 'revoke', title: t('open.action'), cell: (row) => <Revoke invitation={row} /> },
                ]}
              />
              <ShowMore
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
              />
            </>
          );
        }}
      </QueryView>
    </section>
  );
}

function Revoke({ invitation: { id, email } }: { invitation: Invitation }) {
  const t = useMessages(messages);
  const deed = useDeed(
    () => ok(api.POST('/invitations/{id}/revoke', { params: { path: { id } } })),
    t('open.revoked'),
  );
  return (
    <>
      <Button
        kind="link"
        class="row-action"
        aria-label={t('open.revoke.label', { email })}
        onClick={deed.ask}
      >
        {t('open.revoke')}
      </Button>
      {deed.error ? <ErrorState error={deed.error} onRetry={deed.run} /> : null}
      <ConfirmDialog
        open={deed.asking}
        onClose={deed.close}
        onConfirm={deed.run}
        title={t('open.revoke.title')}
        confirm={t('open.revoke.confirm')}
        danger
      >
        <p>{t('open.revoke.text', { email })}</p>
      </ConfirmDialog>
    </>
  );
}
