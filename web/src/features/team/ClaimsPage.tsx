import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Dialog } from '~/components/Dialog';
import { EmptyState } from '~/components/EmptyState';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { SubmitButton } from '~/components/SubmitButton';
import { Tabs } from '~/components/Tabs';
import { Tag } from '~/components/Tag';
import { TextArea } from '~/components/TextArea';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Claim, useClaims } from './api';
import { messages } from './messages';
import { useAct } from './use-act';
import './team.css';

/** Where admins look at claims on organisations that an e-mail address does not show. */
export default function ClaimsPage() {
  const t = useMessages(messages);
  const [tab, setTab] = useState('waiting');
  const decided = tab === 'decided';
  const query = useClaims(decided);
  return (
    <Page middle title={t('claims.title')} lead={<p>{t('claims.lead')}</p>}>
      <Tabs
        label={t('claims.title')}
        tabs={[
          { key: 'waiting', label: t('claims.waiting') },
          { key: 'decided', label: t('claims.decided') },
        ]}
        chosen={tab}
        onChoose={setTab}
      >
        <QueryView query={query}>
          {(data) => {
            const items = data.pages.flatMap((page) => page.items);
            if (items.length === 0)
              return (
                <EmptyState title={t(decided ? 'claims.none.decided' : 'claims.none')}>
                  {decided ? null : <p>{t('claims.none.text')}</p>}
                </EmptyState>
              );
            return (
              <>
                <ul class="team-list">
                  {items.map((claim) => (
                    <ClaimRow key={claim.id} claim={claim} />
                  ))}
                </ul>
                <ShowMore
                  more={query.hasNextPage}
                  loading={query.isFetchingNextPage}
                  onMore={() => query.fetchNextPage()}
                />
              </>
            );
          }}
        </QueryView>
      </Tabs>
    </Page>
  );
}

function ClaimRow({ claim }: { claim: Claim }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { team, name } = claim;
  return (
    <li>
      <div class="stack">
        <h2 class="row-title">{team}</h2>
        <dl class="facts">
          <div>
            <dt>{t('claims.website')}</dt>
            <dd class="team-address">
              {claim.website || '–'} <span class="muted">{countryName(claim.country, language)}</span>
            </dd>
          </div>
          <div>
            <dt>{t('claims.person')}</dt>
            <dd class="team-address">
              {name} <span class="muted">{claim.email}</span>
            </dd>
          </div>
          <div>
            <dt>{t('claims.note')}</dt>
            <dd>{claim.note || <span class="muted">{t('claims.note.none')}</span>}</dd>
          </div>
          <div>
            <dt>{t('claims.asked')}</dt>
            <dd>
              <When at={claim.createdAt} />
            </dd>
          </div>
        </dl>
        {claim.state === 'waiting' ? <Deeds claim={claim} /> : <Verdict claim={claim} />}
      </div>
    </li>
  );
}

function Verdict({ claim }: { claim: Claim }) {
  const t = useMessages(messages);
  return (
    <p>
      <Tag tone={claim.state === 'approved' ? 'success' : 'danger'}>{t(`claims.state.${claim.state}`)}</Tag>{' '}
      {claim.decidedBy ? t('claims.by', { name: claim.decidedBy }) : t('claims.byDomain')}{' '}
      {claim.decidedAt ? <When at={claim.decidedAt} short /> : null}
      {claim.reason ? <span class="muted"> {claim.reason}</span> : null}
    </p>
  );
}

function Deeds({ claim }: { claim: Claim }) {
  const t = useMessages(messages);
  const { id, team, name } = claim;
  const act = useAct();
  const [open, setOpen] = useState<'approve' | 'refuse'>();
  const renew = () => queries.invalidateQueries({ queryKey: ['claims'] });
  const approve = async () => {
    setOpen(undefined);
    await act.run(
      async () => {
        await ok(api.POST('/admin/claims/{id}/approve', { params: { path: { id } } }));
        await renew();
      },
      t('claims.approved', { name, team }),
    );
  };
  const form = useForm({
    id: `refuse-${id}`,
    initial: { reason: '' },
    failed: t('failed'),
    check: (v) => ({ reason: v.reason.trim() ? undefined : t('claims.reason.missing') }),
    submit: async (v) => {
      await ok(api.POST('/admin/claims/{id}/refuse', { params: { path: { id } }, body: v }));
      setOpen(undefined);
      showToast(t('claims.refused', { name }));
      await renew();
    },
  });
  return (
    <>
      {act.error ? <Notice tone="danger" live title={act.error} /> : null}
      <p class="actions">
        <Button
          kind="primary"
          aria-label={t('claims.approve.of', { team, name })}
          aria-busy={act.busy}
          onClick={() => setOpen('approve')}
        >
          {t('claims.approve')}
        </Button>
        <Button
          kind="outline"
          aria-label={t('claims.refuse.of', { team, name })}
          onClick={() => setOpen('refuse')}
        >
          {t('claims.refuse')}
        </Button>
      </p>
      <ConfirmDialog
        open={open === 'approve'}
        onClose={() => setOpen(undefined)}
        onConfirm={() => void approve()}
        title={t('claims.approve.ask', { team, name })}
        confirm={t('claims.approve')}
      >
        <p>{t('claims.approve.text', { name })}</p>
      </ConfirmDialog>
      <Dialog
        open={open === 'refuse'}
        onClose={() => setOpen(undefined)}
        title={t('claims.refuse.title', { team })}
      >
        <Form form={form}>
          <TextArea
            {...form.field('reason')}
            label={t('claims.reason')}
            hint={t('claims.reason.hint', { name })}
            rows={3}
          />
          <SubmitButton busy={form.busy}>{t('claims.refuse')}</SubmitButton>
        </Form>
      </Dialog>
    </>
  );
}
