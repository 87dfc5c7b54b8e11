import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorSummary } from '~/components/ErrorSummary';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useIdempotencyKey } from '~/lib/use-idempotency-key';
import type { PageProps } from '~/routes/route';
import { Acceptances } from './Acceptances';
import { changed, type Desk, useDesk } from './api';
import { Changes } from './Changes';
import { messages } from './messages';
import { missingNames } from './missing';
import { VersionList } from './VersionList';

/** The rules of a published challenge for its officials: what stands, what is drafted, what was. */
export default function DeskPage({ params }: PageProps) {
  const language = useLanguage();
  const query = useDesk(params.id ?? '', language);
  return (
    <QueryView query={query} page>
      {(desk) => <DeskView desk={desk} />}
    </QueryView>
  );
}

function DeskView({ desk }: { desk: Desk }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const at = `/manage/challenges/${desk.id}`;
  const may = desk.allowedActions.includes('rules.amend');
  const open = new Date(desk.serverTime) < new Date(desk.dates.closesAt);
  return (
    <Page
      middle
      title={t('desk.title')}
      above={
        <Link href={at} lang={desk.language === language ? undefined : desk.language}>
          {desk.title}
        </Link>
      }
      lead={<p>{t('desk.lead')}</p>}
    >
      {desk.published ? (
        <dl class="facts split">
          <div>
            <dt>{t('desk.inForce')}</dt>
            <dd>{t('version.number', { n: desk.standing })}</dd>
          </div>
          <div>
            <dt>{t('versions.deadline')}</dt>
            <dd>
              <When at={desk.dates.closesAt} zone={desk.timeZone} />
            </dd>
          </div>
          <div>
            <dt>{t('grace.change')}</dt>
            <dd>{t('grace.minutes', { n: desk.graceMinutes })}</dd>
          </div>
        </dl>
      ) : (
        <Notice title={t('desk.unpublished')}>
          <p>{t('desk.unpublished.text')}</p>
        </Notice>
      )}
      {may && desk.draftVersion === 0 ? (
        <p class="actions">
          {open ? (
            <LinkButton href={`${at}/rules/extend`} kind="primary">
              {t('extend.go')}
            </LinkButton>
          ) : null}
          <LinkButton href={`${at}/rules/edit`} kind="outline">
            {t('draft.start')}
          </LinkButton>
        </p>
      ) : null}
      {desk.draftVersion > 0 ? <Draft desk={desk} open={open} /> : null}
      {desk.published ? (
        <>
          <Acceptances id={desk.id} />
          <section class="section" aria-labelledby="versions">
            <h2 id="versions">{t('versions.title')}</h2>
            <VersionList versions={desk.versions} zone={desk.timeZone} level={3} />
          </section>
        </>
      ) : null}
    </Page>
  );
}

/** The next version: what it would change, and the acts of publishing it and throwing it away. */
function Draft({ desk, open }: { desk: Desk; open: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const key = useIdempotencyKey();
  const [asking, setAsking] = useState<'publish' | 'drop'>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ message: string; requestId?: string; attempt: number }>();
  const at = `/manage/challenges/${desk.id}/rules`;
  const next = desk.standing + 1;
  const missing = missingNames(desk, t);
  const may = desk.allowedActions.includes('rules.amend');
  const run = async (deed: 'publish' | 'drop') => {
    if (busy) return;
    setAsking(undefined);
    setBusy(true);
    try {
      if (deed === 'publish') {
        await ok(
          api.POST('/manage/challenges/{id}/rules/publish', {
            params: { path: { id: desk.id }, header: idempotencyKey(key.key()) },
            body: { version: desk.draftVersion },
          }),
        );
      } else {
        await ok(
          api.DELETE('/manage/challenges/{id}/rules/draft', {
            params: { path: { id: desk.id }, header: { 'If-Match': `"${desk.draftVersion}"` } },
          }),
        );
      }
      setFailure(undefined);
      await changed(desk.id);
      showToast(t(deed === 'publish' ? 'publish.done' : 'drop.done', { n: next }));
    } catch (error) {
      const problem = error instanceof ProblemError ? error : undefined;
      await queries.invalidateQueries({ queryKey: ['managed', desk.id, 'rules'] });
      setFailure((before) => ({
        message: problem?.message ?? t('failed'),
        requestId: problem?.requestId,
        attempt: (before?.attempt ?? 0) + 1,
      }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="section panel" aria-labelledby="draft">
      <h2 id="draft">{t('draft.title', { n: next })}</h2>
      <p class="small muted">
        {desk.draftedAt ? <When at={desk.draftedAt} /> : null} {desk.draftedBy}
      </p>
      {failure ? <ErrorSummary {...failure} fields={{}} /> : null}
      {desk.changes.length === 0 ? <p>{t('draft.same')}</p> : null}
      <h3>{t('version.reason')}</h3>
      {desk.reason[desk.language] ? (
        <blockquote class="reason" lang={desk.language === language ? undefined : desk.language}>
          {desk.reason[desk.language]}
        </blockquote>
      ) : (
        <p class="error-text">{t('missing.reason')}</p>
      )}
      <Changes changes={desk.changes} zone={desk.timeZone} />
      {missing.length > 0 ? (
        <Notice tone="warning" title={t('missing.title')}>
          <ul>
            {missing.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {may ? (
        <p class="actions">
          <Button kind="primary" aria-busy={busy} onClick={() => setAsking('publish')}>
            {t('publish.go', { n: next })}
          </Button>
          <LinkButton href={`${at}/edit`} kind="outline">
            {t('draft.edit')}
          </LinkButton>
          {open ? (
            <LinkButton href={`${at}/extend`} kind="outline">
              {t('extend.go')}
            </LinkButton>
          ) : null}
          <Button kind="link" onClick={() => setAsking('drop')}>
            {t('drop.go')}
          </Button>
        </p>
      ) : null}
      <ConfirmDialog
        open={asking === 'publish'}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void run('publish')}
        title={t('publish.ask', { n: next })}
        confirm={t('publish.go', { n: next })}
      >
        <p>{t('publish.told', { n: desk.entries })}</p>
        <p>{t('publish.stands')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'drop'}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void run('drop')}
        title={t('drop.ask')}
        confirm={t('drop.go')}
        danger
      />
    </section>
  );
}
