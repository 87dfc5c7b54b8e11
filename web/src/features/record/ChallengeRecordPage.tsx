import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { number } from '~/i18n/format-message';
import { prefixOf } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { messages } from './messages';
import './record.css';

const kinds = [
  'rules.frozen',
  'rules',
  'deadline.extended',
  'deadline',
  'calibration.rule',
  'pitch.rules',
  'calibration.closed',
  'assignment',
  'round.locked',
  'pitch.locked',
  'decision',
  'result.published',
] as const;
type Kind = (typeof kinds)[number];
const isKind = (kind: string): kind is Kind => kinds.includes(kind as Kind);

/** The receipts of a challenge's public acts, for anybody to check. */
export default function ChallengeRecordPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const slug = params.slug ?? '';
  const query = useQuery({
    queryKey: ['record', 'challenge', slug],
    queryFn: () => ok(api.GET('/challenges/{slug}/record', { params: { path: { slug } } })),
  });
  return (
    <Page
      title={t('acts')}
      narrow
      lead={<p>{t('acts.text')}</p>}
      above={<Link href={`/challenges/${slug}`}>{t('acts.challenge')}</Link>}
    >
      <p>
        <a class="button button-outline" href={`${prefixOf(language)}/verify`}>
          {t('verify.page')}
        </a>
      </p>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('acts.empty')}>
              <p>{t('acts.empty.text')}</p>
            </EmptyState>
          ) : (
            <ol class="stack">
              {items.map((each) => (
                <li key={each.index}>
                  <strong>{isKind(each.kind) ? t(`kind.${each.kind}`) : each.kind}</strong>{' '}
                  <span class="muted">{t('early.place', { n: number(each.index, language) })}</span>
                  <br />
                  <a
                    href={`data:application/octet-stream,${encodeURIComponent(each.receipt)}`}
                    download={`${each.kind}-${each.index}.json`}
                  >
                    {t('acts.save', { n: number(each.index, language) })}
                  </a>
                </li>
              ))}
            </ol>
          )
        }
      </QueryView>
    </Page>
  );
}
