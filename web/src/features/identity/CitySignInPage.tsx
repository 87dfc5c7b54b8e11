import { useEffect, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ErrorState } from '~/components/ErrorState';
import { LinkButton } from '~/components/LinkButton';
import { Loading } from '~/components/Loading';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { forThisTab } from '~/lib/storage';
import { messages } from './messages';
import { keepWanted } from './next';
import { cityNext } from './OtherWays';
import { SecondStep, type SecondStepAsked } from './SecondStep';
import { useEnter } from './use-enter';

/** Where the city's own sign-in sends people back to, with a code that opens the session. */
export default function CitySignInPage() {
  const t = useMessages(messages);
  const enter = useEnter();
  const [step, setStep] = useState<SecondStepAsked>();
  const [error, setError] = useState<unknown>();
  const [answer] = useState(() => new URLSearchParams(location.search));
  const [code, state] = [answer.get('code'), answer.get('state')];
  useEffect(() => {
    // The code must not stay in the history.
    history.replaceState(history.state, '', location.pathname);
    if (!code || !state) return;
    keepWanted(forThisTab.get(cityNext) || undefined);
    ok(api.POST('/auth/oidc', { body: { code, state } }))
      .then((opened) => ('ticket' in opened ? setStep(opened) : enter(opened.accessToken)))
      .catch(setError);
  }, []);
  return (
    <Page title={t('city.title')} narrow>
      {step ? <SecondStep step={step} onBack={() => location.assign('/sign-in')} /> : null}
      {error ? <ErrorState error={error} /> : null}
      {code && state ? null : <p>{t('city.refused')}</p>}
      {error || !code || !state ? (
        <p class="actions">
          <LinkButton href="/sign-in" kind="primary">
            {t('city.again')}
          </LinkButton>
        </p>
      ) : step ? null : (
        <Loading />
      )}
    </Page>
  );
}
