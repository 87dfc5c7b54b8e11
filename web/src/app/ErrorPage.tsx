import { Button } from '~/components/Button';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** 500: something failed. `reload`: the page's code did not arrive, as after an update or offline. */
export function ErrorPage({ requestId, reload }: { requestId?: string; reload?: boolean }) {
  const t = useMessages(messages);
  return (
    <Page title={t(reload ? 'load.title' : 'error.title')} narrow>
      <p>{t(reload ? 'load.text' : 'error.text')}</p>
      {requestId ? <p class="muted">{t('error.reference', { id: requestId })}</p> : null}
      <Button kind="primary" onClick={() => location.reload()}>
        {t('retry')}
      </Button>
    </Page>
  );
}
