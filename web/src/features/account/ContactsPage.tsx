import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { problemOf } from '~/api/problem';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { Page } from '~/components/Page';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { saveTable } from '~/lib/save-file';
import { showToast } from '~/lib/toast';
import { messages } from './messages';

/** The people who agreed that cities write to them, as a file for a spreadsheet. */
export default function ContactsPage() {
  const t = useMessages(messages);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const download = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const text = await proved(async () => {
        const answer = await api.GET('/exports/contacts.csv');
        if (!answer.response.ok) throw await problemOf(answer.response, answer.error);
        return String(await ok(Promise.resolve(answer)));
      });
      saveTable(text, 'contacts.csv');
      showToast(t('contacts.done', { n: text.trim().split('\n').length - 1 }));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={t('contacts.title')} lead={<p>{t('contacts.lead')}</p>} narrow>
      <p>{t('contacts.use')}</p>
      <div class="actions">
        <Button kind="primary" aria-busy={busy} onClick={download}>
          {t('contacts.download')}
        </Button>
      </div>
      {error ? <ErrorState error={error} onRetry={download} /> : null}
    </Page>
  );
}
