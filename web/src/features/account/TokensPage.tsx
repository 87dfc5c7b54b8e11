import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { CopyButton } from '~/components/CopyButton';
import { ErrorState } from '~/components/ErrorState';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import './account.css';
import { type Token, useTokens } from './api';
import { messages } from './messages';
import { NewToken } from './NewToken';
import { useAct } from './use-act';

/** One's tokens for programs: make, see the last use, revoke. */
export default function TokensPage() {
  const t = useMessages(messages);
  const query = useTokens();
  const [made, setMade] = useState('');
  return (
    <Page title={t('tokens.title')} lead={<p>{t('tokens.lead')}</p>} narrow>
      {made ? (
        <Notice tone="warning" title={t('tokens.made')} live>
          <p>{t('tokens.made.text')}</p>
          <CopyButton value={made} label={t('tokens.one')} />
        </Notice>
      ) : null}
      <section class="section" aria-labelledby="tokens">
        <h2 id="tokens">{t('tokens.list')}</h2>
        <QueryView query={query} loading="s">
          {({ items }) =>
            items.length === 0 ? (
              <p class="muted">{t('tokens.none')}</p>
            ) : (
              <ul class="factor-list">
                {items.map((token) => (
                  <Line key={token.id} token={token} />
                ))}
              </ul>
            )
          }
        </QueryView>
      </section>
      <section class="section" aria-labelledby="new-token">
        <h2 id="new-token">{t('tokens.new')}</h2>
        <NewToken onMade={setMade} />
      </section>
    </Page>
  );
}

function Line({ token }: { token: Token }) {
  const t = useMessages(messages);
  const { id, name } = token;
  const revoke = useAct(
    () => ok(api.DELETE('/me/tokens/{id}', { params: { path: { id } } })),
    t('tokens.revoked'),
  );
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p>{token.scopes.map((scope) => t(`scope.${scope}`)).join(' · ')}</p>
        <p class="muted small">
          {t('tokens.until')}
          <When at={token.expiresAt} short />
          {' · '}
          {token.lastUsedAt ? (
            <>
              {t('used')}
              <When at={token.lastUsedAt} short />
            </>
          ) : (
            t('unused')
          )}
        </p>
      </div>
      <Button kind="link" aria-label={t('tokens.revoke.label', { name })} onClick={revoke.ask}>
        {t('tokens.revoke')}
      </Button>
      {revoke.error ? <ErrorState error={revoke.error} onRetry={revoke.run} /> : null}
      <ConfirmDialog
        open={revoke.asking}
        onClose={revoke.close}
        onConfirm={revoke.run}
        title={t('tokens.revoke.title')}
        confirm={t('tokens.revoke')}
        danger
      >
        <p>{t('tokens.revoke.text', { name })}</p>
      </ConfirmDialog>
    </li>
  );
}
