import { Link } from 'wouter-preact';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import { ThemeSelect } from './ThemeSelect';

/** Links that every page ends with, and the theme. */
export function Footer() {
  const t = useMessages(messages);
  return (
    <footer class="footer">
      <div class="wrap footer-row">
        <div class="footer-about">
          <p class="footer-name">{t('product')}</p>
          <p class="muted">{t('footer.about')}</p>
        </div>
        <ul class="footer-links">
          <li>
            <Link href="/help">{t('nav.help')}</Link>
          </li>
          <li>
            <Link href="/accessibility">{t('footer.accessibility')}</Link>
          </li>
          <li>
            <Link href="/privacy">{t('footer.privacy')}</Link>
          </li>
          <li>
            <Link href="/record">{t('footer.record')}</Link>
          </li>
          <li>
            <Link href="/open-data">{t('footer.data')}</Link>
          </li>
          <li>
            <a href="/api/v1/docs">{t('footer.api')}</a>
          </li>
        </ul>
        <ThemeSelect />
      </div>
    </footer>
  );
}
