import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { PasskeyCancelled, passkeysWork, usePasskeyOf } from '~/lib/passkey';
import { messages } from './messages';
import { useEnter } from './use-enter';

/** Signs in with a passkey of this browser or of a phone nearby. */
export function PasskeyButton() {
  const t = useMessages(messages);
  const enter = useEnter();
  const [error, setError] = useState<unknown>();
  if (!passkeysWork) return null;
  const run = async () => {
    setError(undefined);
    try {
      const { ticket, options } = await ok(api.POST('/auth/passkey/ask'));
      const credential = await usePasskeyOf(options);
      const answer = await ok(api.POST('/auth/passkey', { body: { ticket, credential } }));
      await enter(answer.accessToken);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      {error instanceof PasskeyCancelled ? (
        <Notice tone="warning" live>
          <p>{t('passkey.cancelled')}</p>
        </Notice>
      ) : error ? (
        <ErrorState error={error} />
      ) : null}
      <p>
        <Button kind="outline" onClick={run}>
          {t('passkey.signIn')}
        </Button>
      </p>
    </>
  );
}
