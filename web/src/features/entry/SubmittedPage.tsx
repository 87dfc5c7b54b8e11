import { CopyButton } from '~/components/CopyButton';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { AwaitedFiles } from './AwaitedFiles';
import { type Entry, may, useEntry } from './api';
import { EntrySteps } from './EntrySteps';
import { LateNote } from './LateNote';
import { messages } from './messages';
import { Receipt } from './Receipt';

/** After sending: the reference, the receipt, and what happens next and when. */
export default function SubmittedPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useEntry(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(entry) =>
        entry.lastSubmission ? (
          <Submitted entry={entry} />
        ) : (
          <Page narrow title={t('status.not_submitted')}>
            <EmptyState
              title={t('submitted.not')}
              action={
                <LinkButton href={`/my/entries/${entry.id}`} kind="primary">
                  {t('section.all')}
                </LinkButton>
              }
            />
          </Page>
        )
      }
    </QueryView>
  );
}

function Submitted({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(entry.challenge.title as LocalText, language);
  const sent = entry.lastSubmission;
  return (
    <Page narrow title={t('submitted.title')} lead={<p lang={title.lang}>{title.text}</p>}>
      <Notice tone="success" title={t('submitted.reference')}>
        <p>
          <CopyButton value={entry.reference} label={t('submitted.reference')} />
        </p>
        <p>
          {t('sent.on', { n: sent?.number ?? 0 })}
          <When at={sent?.submittedAt ?? ''} />
        </p>
        <p>{t('submitted.mail')}</p>
      </Notice>
      {entry.status === 'changes_not_submitted' ? (
        <Notice tone="warning" title={t('status.changes_not_submitted')}>
          <p>{t('notice.changes_not_submitted')}</p>
        </Notice>
      ) : null}
      {entry.countsOnceConfirmed ? <Notice tone="warning" title={t('notice.unconfirmed')} /> : null}
      <LateNote entry={entry} />
      <AwaitedFiles entry={entry} />
      <section class="section" aria-labelledby="receipt">
        <h2 id="receipt">{t('receipt.title')}</h2>
        <Receipt entry={entry} />
      </section>
      <section class="section" aria-labelledby="next">
        <h2 id="next">{t(entry.status === 'results' ? 'submitted.past' : 'submitted.next')}</h2>
        <EntrySteps entry={entry} />
        {may(entry, 'entry.edit') ? <p>{t('submitted.edit')}</p> : null}
      </section>
      <p class="actions">
        <LinkButton href={`/my/entries/${entry.id}`} kind="outline">
          {t('submitted.back')}
        </LinkButton>
        <LinkButton href="/my/entries" kind="outline">
          {t('mine.title')}
        </LinkButton>
      </p>
    </Page>
  );
}
