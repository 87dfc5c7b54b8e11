import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Agrees to a change of address, or refuses it, by a press: programs that open links do neither. */
export default function ChangeEmailPage() {
  const t = useMessages(messages);
  const [token] = useState(() => location.hash.slice(1));
  const query = useQuery({
    queryKey: ['email-change', token],
    enabled: token !== '',
    queryFn: () => ok(api.POST('/auth/email-change/look', { body: { token } })),
    retry: false,
  });
  const [error, setError] = useState<unknown>();
  const [refused, setRefused] = useState(false);
  const answer = async (agree: boolean) => {
    setError(undefined);
    try {
      const change = await ok(api.POST('/auth/email-change', { body: { token, agree } }));
      setRefused(!agree);
      queries.setQueryData(['email-change', token], change);
    } catch (failure) {
      setError(failure);
    }
  };
  if (!token) return <Page title={t('email.title')} lead={<p>{t('email.incomplete')}</p>} narrow />;
  if (refused) return <Page title={t('email.refused')} lead={<p>{t('email.refused.text')}</p>} narrow />;
  return (
    <QueryView query={query} page>
      {(change) => {
        if (change.done) {
          return (
            <Page
              title={t('email.done')}
              lead={<p>{t('email.done.text', { email: change.newEmail })}</p>}
              narrow
            >
              <p class="actions">
                <LinkButton href="/sign-in" kind="primary">
                  {t('email.signIn')}
                </LinkButton>
              </p>
            </Page>
          );
        }
        if (change.agreed) {
          return <Page title={t('email.half')} lead={<p>{t('email.half.text')}</p>} narrow />;
        }
        return (
          <Page
            title={t('email.title')}
            lead={<p>{t(change.present ? 'email.old' : 'email.new', { email: change.newEmail })}</p>}
            narrow
          >
            {error ? <ErrorState error={error} /> : null}
            <div class="actions">
              <Button kind="primary" onClick={() => answer(true)}>
                {t('email.agree')}
              </Button>
              <Button kind="outline" onClick={() => answer(false)}>
                {t('email.refuse')}
              </Button>
            </div>
          </Page>
        );
      }}
    </QueryView>
  );
}
