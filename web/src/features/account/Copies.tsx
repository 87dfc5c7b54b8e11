import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { problemOf } from '~/api/problem';
import type { components } from '~/api/schema';
import { accessToken } from '~/api/session';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { ProgressBar } from '~/components/ProgressBar';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { saveFile } from '~/lib/save-file';
import './account.css';
import { messages } from './messages';
import { useAct } from './use-act';

type Copy = components['schemas']['DataCopy'];

const making = (copy: Copy) => copy.state === 'waiting' || copy.state === 'making';

/** Has a copy of one's data made, shows how far it is, and downloads it. */
export function Copies() {
  const t = useMessages(messages);
  const query = useQuery({
    queryKey: ['account', 'copies'],
    queryFn: () => ok(api.GET('/me/copies')),
    refetchInterval: ({ state }) => (state.data?.items.some(making) ? 1000 : false),
  });
  const ask = useAct(() => ok(api.POST('/me/copies')), '');
  return (
    <section class="section" aria-labelledby="copies">
      <h2 id="copies">{t('copies.title')}</h2>
      <p>{t('copies.text')}</p>
      <QueryView query={query} loading="s">
        {({ items }) =>
          items.length > 0 ? (
            <ul class="factor-list">
              {items.map((copy) => (
                <Line key={copy.id} copy={copy} />
              ))}
            </ul>
          ) : null
        }
      </QueryView>
      {ask.error ? <ErrorState error={ask.error} onRetry={ask.run} /> : null}
      <div class="actions">
        <Button kind="outline" onClick={ask.run}>
          {t('copies.ask')}
        </Button>
      </div>
    </section>
  );
}

function Line({ copy }: { copy: Copy }) {
  const t = useMessages(messages);
  const download = useAct(async () => {
    const path = `/api/v1/me/copies/${copy.id}/content`;
    const response = await fetch(path, { headers: { Authorization: `Bearer ${await accessToken()}` } });
    if (!response.ok) throw await problemOf(response, await response.json().catch(() => undefined));
    saveFile(await response.blob(), 'fieldtrial-my-data.zip');
  }, '');
  return (
    <li>
      <div>
        <strong>
          <When at={copy.createdAt} short />
        </strong>
        {making(copy) ? (
          <ProgressBar
            value={copy.done}
            max={copy.total}
            label={t('copies.making')}
            text={t('copies.done', { done: copy.done, total: copy.total })}
          />
        ) : (
          <p class="muted small">
            {copy.state === 'failed' ? (
              t('copies.failed')
            ) : (
              <>
                {t('copies.until')}
                <When at={copy.expiresAt} short />
              </>
            )}
          </p>
        )}
      </div>
      {copy.state === 'ready' ? (
        <Button kind="link" onClick={download.run}>
          {t('copies.download')}
        </Button>
      ) : null}
      {download.error ? <ErrorState error={download.error} onRetry={download.run} /> : null}
    </li>
  );
}
