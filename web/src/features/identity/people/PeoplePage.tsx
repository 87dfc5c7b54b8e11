import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { defaultFilters, usePeople } from '../api';
import { messages } from '../messages';
import { InviteDialog } from './InviteDialog';
import { OpenInvitations } from './OpenInvitations';
import { PersonRow } from './PersonRow';
import { allRoles } from './roles';
import './people.css';

/** Accounts, roles and open invitations, for admins. */
export default function PeoplePage() {
  const t = useMessages(messages);
  const { filters, set, changed, clear } = useQueryFilters(defaultFilters);
  const query = usePeople(useSettled(filters));
  const [inviting, setInviting] = useState(false);
  return (
    <QueryView query={query} page>
      {({ pages }) => {
        const people = pages.flatMap((page) => page.items);
        return (
          <Page title={t('people.title')} lead={<p>{t('people.lead')}</p>} middle>
            <div class="actions">
              <Button kind="primary" onClick={() => setInviting(true)}>
                {t('people.invite')}
              </Button>
              <InviteDialog open={inviting} onClose={() => setInviting(false)} />
            </div>
            <OpenInvitations />
            <section class="section" aria-labelledby="people">
              <h2 id="people">{t('people.list')}</h2>
              <search aria-label={t('people.filters')} class="filters">
                <TextInput
                  name="q"
                  type="search"
                  label={t('people.search')}
                  bare
                  autocomplete="off"
                  value={filters.q}
                  onValue={(value) => set('q', value)}
                />
                <Select
                  name="role"
                  label={t('people.role')}
                  bare
                  value={filters.role}
                  onValue={(value) => set('role', value)}
                  empty={t('people.role.all')}
                  options={allRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
                />
              </search>
              {people.length > 0 ? (
                <ul class="rows" aria-label={t('people.list')}>
                  {people.map((person) => (
                    <PersonRow key={person.id} person={person} />
                  ))}
                </ul>
              ) : (
                <EmptyState
                  title={t('people.empty')}
                  level={3}
                  action={changed ? <Button onClick={clear}>{t('people.clear')}</Button> : undefined}
                >
                  <p>{t('people.empty.text')}</p>
                </EmptyState>
              )}
              <ShowMore
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
              />
            </section>
          </Page>
        );
      }}
    </QueryView>
  );
}
