import { Link } from 'wouter-preact';
import { Later } from '~/components/Later';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { messages as manage } from '~/features/manage/messages';
import { useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { useForm } from './api';
import './builder.css';
import { draftOf } from './draft';
import { FormEditor } from './FormEditor';
import { messages } from './messages';
import { Preview } from './Preview';

// Edits that a second person asked for, as on the other pages of a challenge's sections.
const requested = () => import('~/features/manage/Edits').then((found) => ({ default: found.EditsOf }));
const onward = () => import('~/features/manage/Onward').then((found) => ({ default: found.Onward }));

/** What entries of a challenge are asked for: edited on one side, seen as entrants see it on the other. */
export default function FormPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useForm(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(form) => (
        <Page
          title={t('title')}
          lead={<p>{t('lead')}</p>}
          above={<Link href={`/manage/challenges/${form.challengeId}`}>{t('back')}</Link>}
        >
          {form.nextVersion ? (
            <Notice title={t('next')}>
              <p>
                {t('next.text')}
                <Link href={`/manage/challenges/${form.challengeId}/rules`}>{t('next.go')}</Link>
              </p>
            </Notice>
          ) : null}
          <Later
            load={requested}
            messages={[manage]}
            props={{ id: form.challengeId, parts: ['entering' as const] }}
          />
          {form.editable ? (
            <FormEditor form={form} />
          ) : (
            <div class="stack">
              <Notice title={t('fixed')}>
                <p>{t('fixed.text')}</p>
              </Notice>
              <Preview form={form} open="" draft={draftOf(form)} reading={form.language} />
            </div>
          )}
          <Later load={onward} messages={[manage]} props={{ id: form.challengeId, from: 'form' }} />
        </Page>
      )}
    </QueryView>
  );
}
