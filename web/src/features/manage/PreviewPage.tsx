import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Notice } from '~/components/Notice';
import { QueryView } from '~/components/QueryView';
import { ChallengeView } from '~/features/contest/ChallengePage';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import './manage.css';
import { messages } from './messages';

/** A challenge as its readers will see it: the same rendering, by the same server. */
export default function PreviewPage({ params }: PageProps) {
  const t = useMessages(messages);
  const lang = useLanguage();
  const id = params.id ?? '';
  const query = useQuery({
    queryKey: ['managed', id, 'preview', lang],
    queryFn: () =>
      ok(api.GET('/manage/challenges/{id}/preview', { params: { path: { id }, query: { lang } } })),
  });
  return (
    <QueryView query={query} page>
      {(challenge) => (
        <>
          <div class="wrap page-middle preview-note">
            <Notice>
              <p>{t('preview.notice')}</p>
              <p>
                <Link href={`/manage/challenges/${id}`}>{t('back')}</Link>
              </p>
            </Notice>
          </div>
          <ChallengeView challenge={{ ...challenge, title: challenge.title || t('untitled') }} />
        </>
      )}
    </QueryView>
  );
}
