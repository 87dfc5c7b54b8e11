import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import { forThisTab } from '~/lib/storage';
import { messages } from './messages';
import { wanted } from './next';
import { PasskeyButton } from './PasskeyButton';

/** Where one wanted to go, kept while the city's own page is in front. */
export const cityNext = 'ft.city.next';

/** Signing in without our password: with a passkey, or with the city's own account. */
export function OtherWays() {
  const t = useMessages(messages);
  const { data } = useQuery({
    queryKey: ['ways'],
    queryFn: () => ok(api.GET('/auth/ways')),
    staleTime: 300_000,
  });
  return (
    <section class="stack" aria-label={t('or')}>
      <PasskeyButton />
      {data?.city ? <CityButton name={data.city} /> : null}
    </section>
  );
}

function CityButton({ name }: { name: string }) {
  const t = useMessages(messages);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    try {
      const { url } = await ok(api.POST('/auth/oidc/start'));
      forThisTab.set(cityNext, wanted() ?? '');
      location.assign(url);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      {error ? <ErrorState error={error} onRetry={run} /> : null}
      <p>
        <Button kind="outline" onClick={run}>
          {t('city.signIn', { name })}
        </Button>
      </p>
    </>
  );
}
