import { CopyButton } from '~/components/CopyButton';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { prefixOf } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useCheckpoints, useRecordKey } from './api';
import { Checkpoints } from './Checkpoints';
import { Consistency } from './Consistency';
import { EarlyOpenings } from './EarlyOpenings';
import './record.css';
import { messages } from './messages';

/** What anybody needs to check a receipt without trusting this site. */
export default function RecordPage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const key = useRecordKey();
  const checkpoints = useCheckpoints();
  const pages = checkpoints.data?.pages;
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>} narrow>
      <section class="section" aria-labelledby="record-verify">
        <h2 id="record-verify">{t('verify')}</h2>
        <ol class="steps">
          <li>
            <h3>{t('verify.receipt')}</h3>
            <p>{t('verify.receipt.text')}</p>
          </li>
          <li>
            <h3>{t('verify.key')}</h3>
            <p>{t('verify.key.text')}</p>
          </li>
          <li>
            <h3>{t('verify.run')}</h3>
            <div class="stack">
              <p>
                <a class="button button-outline" href={`${prefixOf(language)}/verify`}>
                  {t('verify.page')}
                </a>
              </p>
              <p>{t('verify.run.text')}</p>
              <QueryView query={key} loading="s">
                {(found) => <pre class="record-note">{command(found?.verifierKey)}</pre>}
              </QueryView>
            </div>
          </li>
        </ol>
      </section>
      <section class="section" aria-labelledby="record-key">
        <h2 id="record-key">{t('key')}</h2>
        <QueryView query={key} loading="s">
          {(found) =>
            found ? (
              <>
                <p>{t('key.text', { origin: found.origin })}</p>
                <p>
                  <CopyButton value={found.verifierKey} label={t('key')} />
                </p>
              </>
            ) : (
              <p class="muted">{t('key.none')}</p>
            )
          }
        </QueryView>
      </section>
      <section class="section" aria-labelledby="record-checkpoints">
        <h2 id="record-checkpoints">{t('checkpoints')}</h2>
        <p>{t('checkpoints.text')}</p>
        <QueryView query={{ ...checkpoints, data: pages }}>
          {(all) => {
            const items = all.flatMap((page) => page.items);
            return items.length === 0 ? (
              <EmptyState level={3} title={t('checkpoints.empty')}>
                <p>{t('checkpoints.empty.text')}</p>
              </EmptyState>
            ) : (
              <Checkpoints
                items={items}
                more={checkpoints.hasNextPage}
                loading={checkpoints.isFetchingNextPage}
                onMore={() => checkpoints.fetchNextPage()}
              />
            );
          }}
        </QueryView>
        <p>
          <a href="/api/v1/record/log" download>
            {t('log.save')}
          </a>
        </p>
      </section>
      {key.data && pages?.[0]?.items[0] ? (
        <section class="section" aria-labelledby="record-between">
          <h2 id="record-between">{t('between')}</h2>
          <p>{t('between.text')}</p>
          <Consistency
            verifierKey={key.data.verifierKey}
            newest={pages[0].items[0].size}
            before={pages[0].items[1]?.size ?? pages[0].items[0].size}
          />
        </section>
      ) : null}
      <EarlyOpenings />
    </Page>
  );
}

/** The command to type; the same in every language. */
function command(key: string | undefined): string {
  return `fieldtrial verify receipt.json${key ? ` --key '${key}'` : ''}`;
}
