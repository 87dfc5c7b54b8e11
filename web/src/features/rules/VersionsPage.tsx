import { Link } from 'wouter-preact';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { useVersions } from './api';
import { messages } from './messages';
import { VersionList } from './VersionList';

/** Every version of a challenge's rules, for everyone. */
export default function VersionsPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useVersions(params.slug ?? '', language);
  return (
    <QueryView query={query} page>
      {(list) => (
        <Page
          middle
          title={t('versions.title')}
          above={
            <Link
              href={`/challenges/${list.slug}`}
              lang={list.title.lang === language ? undefined : list.title.lang}
            >
              {list.title.text}
            </Link>
          }
          lead={<p>{t('versions.lead')}</p>}
        >
          <dl class="facts split">
            <div>
              <dt>{t('versions.deadline')}</dt>
              <dd>
                <When at={list.closesAt} zone={list.timeZone} />
              </dd>
            </div>
            <div>
              <dt>{t('grace.change')}</dt>
              <dd>{t('grace.minutes', { n: list.graceMinutes })}</dd>
            </div>
            {list.extendedFrom ? (
              <div>
                <dt>{t('versions.extendedFrom')}</dt>
                <dd>
                  <del>
                    <When at={list.extendedFrom} zone={list.timeZone} />
                  </del>
                </dd>
              </div>
            ) : null}
          </dl>
          <VersionList versions={list.items} zone={list.timeZone} />
          <p>
            <Link href={`/challenges/${list.slug}/record`}>{t('versions.record')}</Link>
          </p>
        </Page>
      )}
    </QueryView>
  );
}
