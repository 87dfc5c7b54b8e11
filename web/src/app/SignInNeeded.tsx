import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Stands in for a page that needs an account; signing in leads back to it. */
export function SignInNeeded() {
  const t = useMessages(messages);
  const [path] = useLocation();
  // What the address asks for, such as the campaign link that led here, is kept over signing in. It is the address
  // of the beginning: this page stays while the sign-in page is fetched, whose address stands already.
  const [next] = useState(() => encodeURIComponent(path + location.search));
  return (
    <Page title={t('signIn.needed')} narrow>
      <p>{t('signIn.neededText')}</p>
      <p class="actions">
        <LinkButton href={`/sign-in?next=${next}`} kind="primary">
          {t('nav.signIn')}
        </LinkButton>
        <LinkButton href={`/register?next=${next}`}>{t('nav.register')}</LinkButton>
      </p>
    </Page>
  );
}
