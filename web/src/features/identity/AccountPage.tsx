import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, okWithVersion } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import type { Grant } from './api';
import { EmailForm } from './EmailForm';
import { messages } from './messages';
import { PasswordForm } from './PasswordForm';
import { ProfileForm } from './ProfileForm';
import { Resend } from './Resend';
import { ScopeName } from './ScopeName';
import { signOut } from './sign-out';

/** One's own account: profile, roles, password, sessions. */
export default function AccountPage() {
  const t = useMessages(messages);
  const query = useQuery({ queryKey: ['me', 'edit'], queryFn: () => okWithVersion(api.GET('/me')) });
  return (
    <QueryView query={query} page>
      {({ data: me, etag }) => (
        <Page title={t('account.title')} lead={<p>{me.email}</p>} narrow>
          {me.demo ? (
            <Notice>
              <p>{t('account.demo')}</p>
            </Notice>
          ) : null}
          {me.confirmed ? null : (
            <Notice tone="warning" title={t('account.unconfirmed')}>
              <p>{t('account.unconfirmed.text', { email: me.email })}</p>
              <Resend email={me.email} />
            </Notice>
          )}
          <section class="section" aria-labelledby="profile">
            <h2 id="profile">{t('account.profile')}</h2>
            <ProfileForm me={me} etag={etag} />
          </section>
          <Roles grants={me.grants} />
          <section class="section" aria-labelledby="password">
            <h2 id="password">{t('account.password')}</h2>
            <PasswordForm />
          </section>
          <section class="section" aria-labelledby="email">
            <h2 id="email">{t('account.email')}</h2>
            <EmailForm me={me} />
          </section>
          <section class="section" aria-labelledby="security">
            <h2 id="security">{t('account.security')}</h2>
            <p>{t('account.security.text')}</p>
            <p class="actions">
              <LinkButton href="/account/security" kind={me.factorMissing ? 'primary' : 'outline'}>
                {t('account.security')}
              </LinkButton>
              <LinkButton href="/account/tokens" kind="outline">
                {t('account.tokens')}
              </LinkButton>
              <LinkButton href="/account/data" kind="outline">
                {t('account.data')}
              </LinkButton>
            </p>
          </section>
          <Sessions />
        </Page>
      )}
    </QueryView>
  );
}

function Roles({ grants }: { grants: Grant[] }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="roles">
      <h2 id="roles">{t('account.roles')}</h2>
      {grants.length === 0 ? (
        <p>{t('account.roles.none')}</p>
      ) : (
        <ul class="stack">
          {grants.map((grant) => (
            <li key={grant.id}>
              <Tag>{t(`role.${grant.role}`)}</Tag> <ScopeName scope={grant.scope} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Sessions() {
  const t = useMessages(messages);
  const [error, setError] = useState<unknown>();
  const leave = (everywhere: boolean) => signOut(everywhere).catch(setError);
  return (
    <section class="section" aria-labelledby="sessions">
      <h2 id="sessions">{t('account.sessions')}</h2>
      <p>{t('account.sessions.text')}</p>
      {error ? <ErrorState error={error} onRetry={() => leave(false)} /> : null}
      <div class="actions">
        <Button kind="outline" onClick={() => leave(false)}>
          {t('account.signOut')}
        </Button>
        <Button kind="outline" onClick={() => leave(true)}>
          {t('account.signOutAll')}
        </Button>
      </div>
    </section>
  );
}
