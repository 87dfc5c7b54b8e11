import { Link } from 'wouter-preact';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { AffiliationsForm } from './AffiliationsForm';
import { useStated } from './api';
import { messages } from './messages';

/** Where a juror works and belongs; possible conflicts are found by it. */
export default function AffiliationsPage({ params }: PageProps) {
  const id = params.id ?? '';
  const t = useMessages(messages);
  return (
    <QueryView query={useStated(id)} page>
      {(stated) => (
        <Page
          narrow
          title={t('title')}
          lead={<p>{t('lead')}</p>}
          above={<Link href="/jury">{t('overview')}</Link>}
        >
          <p class="prose">{t('why')}</p>
          <AffiliationsForm challenge={id} stated={stated} />
          <p>
            <Link href={`/jury/challenges/${id}/conflicts`}>{t('back')}</Link>
          </p>
        </Page>
      )}
    </QueryView>
  );
}
