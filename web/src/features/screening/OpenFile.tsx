import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** A file by its name; opening asks for a link that lasts a few minutes. */
export function OpenFile({ file }: { file: { id: string; name: string } }) {
  const t = useMessages(messages);
  const [error, setError] = useState<unknown>();
  const open = async () => {
    setError(undefined);
    try {
      const link = await ok(
        api.POST('/files/{id}/link', {
          params: { path: { id: file.id } },
          body: { disposition: 'download' },
        }),
      );
      location.assign(link.url);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <p>
      <Button kind="link" onClick={open}>
        {t('file.open', { name: file.name })}
      </Button>
      {error ? <ErrorState error={error} /> : null}
    </p>
  );
}
