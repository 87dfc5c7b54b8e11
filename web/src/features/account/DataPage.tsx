import { Link } from 'wouter-preact';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { Consents } from './Consents';
import { Copies } from './Copies';
import { Erase } from './Erase';
import { messages } from './messages';

/** What one may ask about one's own data: a copy, consents, erasure. */
export default function DataPage() {
  const t = useMessages(messages);
  return (
    <Page
      title={t('data.title')}
      lead={
        <p>
          {t('data.lead')}
          <Link href="/privacy">{t('data.privacy')}</Link>
        </p>
      }
      narrow
    >
      <Copies />
      <Consents />
      <Erase />
    </Page>
  );
}
