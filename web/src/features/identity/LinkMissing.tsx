import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Stands in for a page that was opened without the token of its mail. */
export function LinkMissing() {
  const t = useMessages(messages);
  return (
    <Page title={t('link.missing')} narrow>
      <p>{t('link.missing.text')}</p>
    </Page>
  );
}
