import { useEffect, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { useMessages } from '~/i18n/use-messages';
import { LanguageSelect } from './LanguageSelect';
import { Logo } from './Logo';
import { messages } from './messages';
import { Nav } from './Nav';

/** Name, navigation and language. On phones the navigation folds into a menu. */
export function Header({ path }: { path: string }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);

  return (
    <header class="header">
      <div class="wrap header-row">
        <Link href="/" class="brand">
          <Logo />
          <span class="brand-name">{t('product')}</span>
        </Link>
        <button
          type="button"
          class="button menu-button"
          aria-expanded={open}
          aria-controls="nav"
          onClick={() => setOpen(!open)}
        >
          {t('nav.menu')}
        </button>
        <nav id="nav" class={open ? 'nav nav-open' : 'nav'} aria-label={t('nav.main')}>
          <Nav path={path} />
        </nav>
        <LanguageSelect />
      </div>
    </header>
  );
}
