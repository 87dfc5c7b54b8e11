import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** 404: for unknown paths and for things that do not exist or that the visitor may not see. */
export function NotFoundPage({ requestId }: { requestId?: string }) {
  const t = useMessages(messages);
  return (
    <Page title={t('notFound.title')} narrow>
      <p>{t('notFound.text')}</p>
      {requestId ? <p class="muted">{t('error.reference', { id: requestId })}</p> : null}
      <LinkButton href="/challenges" kind="primary">
        {t('notFound.action')}
      </LinkButton>
    </Page>
  );
}
