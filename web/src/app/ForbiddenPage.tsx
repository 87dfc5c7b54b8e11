import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** 403: signed in, but without the right. */
export function ForbiddenPage({ requestId }: { requestId?: string }) {
  const t = useMessages(messages);
  return (
    <Page title={t('forbidden.title')} narrow>
      <p>{t('forbidden.text')}</p>
      {requestId ? <p class="muted">{t('error.reference', { id: requestId })}</p> : null}
      <LinkButton href="/" kind="primary">
        {t('forbidden.action')}
      </LinkButton>
    </Page>
  );
}
