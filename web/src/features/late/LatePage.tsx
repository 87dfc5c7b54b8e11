import { Link } from 'wouter-preact';
import { DeadlineStrip } from '~/components/DeadlineStrip';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type LatePolicy, may, useLate } from './api';
import { ExtensionForm } from './ExtensionForm';
import { GraceForm } from './GraceForm';
import { Extensions, SentLate, WaitingFiles } from './Lists';
import { messages } from './messages';

/** What happens around a deadline: the grace, extensions of single teams, and what came late. */
export default function LatePage({ params }: PageProps) {
  const id = params.id ?? '';
  const query = useLate(id);
  return (
    <QueryView query={query} page>
      {({ data, etag }) => <Late id={id} policy={data} etag={etag} />}
    </QueryView>
  );
}

function Late({ id, policy, etag }: { id: string; policy: LatePolicy; etag: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(policy.title as LocalText, language);
  const now = new Date(policy.serverTime);
  const opened = now >= new Date(policy.opens);
  const over = now >= new Date(policy.closes);
  const extendable = opened && now < new Date(policy.extendUntil);
  return (
    <Page
      middle
      title={t('title')}
      above={
        <Link href={`/manage/challenges/${id}`} lang={title.lang === language ? undefined : title.lang}>
          {title.text || t('back')}
        </Link>
      }
      lead={<p>{t('lead', { hours: policy.filesHours })}</p>}
    >
      <DeadlineStrip
        label={t('deadline')}
        at={policy.closes}
        cities={[{ name: t('city'), timeZone: policy.timeZone }]}
      />
      <section class="section" aria-labelledby="grace">
        <h2 id="grace">{t('grace.title')}</h2>
        <p>{t(policy.graceMinutes > 0 ? 'grace.some' : 'grace.none', { n: policy.graceMinutes })}</p>
        {policy.published ? (
          <p class="small muted">
            {t('grace.frozen')}
            {over ? null : <Link href={`/manage/challenges/${id}/rules/edit`}>{t('grace.version')}</Link>}
          </p>
        ) : may(policy, 'challenge.edit') ? (
          <GraceForm id={id} policy={policy} etag={etag} />
        ) : null}
      </section>
      <section class="section" aria-labelledby="extensions">
        <h2 id="extensions">{t('extension.title')}</h2>
        <Extensions list={policy.extensions} zone={policy.timeZone} />
        {!opened ? <p class="small muted">{t('extension.notOpen')}</p> : null}
        {opened && !extendable ? <p class="small muted">{t('extension.over')}</p> : null}
        {extendable && may(policy, 'entry.extend') ? <ExtensionForm id={id} policy={policy} /> : null}
      </section>
      {over ? (
        <>
          <section class="section" aria-labelledby="sent">
            <h2 id="sent">{t('sent.title')}</h2>
            <SentLate list={policy.sent} zone={policy.timeZone} />
          </section>
          <section class="section" aria-labelledby="waiting">
            <h2 id="waiting">{t('waiting.title')}</h2>
            <WaitingFiles list={policy.waiting} zone={policy.timeZone} />
          </section>
        </>
      ) : null}
    </Page>
  );
}
