import { Link } from 'wouter-preact';
import { session } from '~/api/session';
import { withoutPrefix } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { useStore } from '~/lib/store';
import { messages } from './messages';
import { type Me, useMe } from './use-me';

// Where each part of the page begins; which of them a person has is the server's to say.
const places: Record<Me['areas'][number], string> = {
  entries: '/my/entries',
  jury: '/jury',
  manage: '/manage/challenges',
  kpi: '/admin/kpi',
  outbox: '/admin/mail',
  people: '/admin/people',
  admin: '/admin',
};

const accounts = /^\/(?:sign-in|register|reset|confirm-email|invitation)(?:\/|$)/;

type Item = { href: string; label: string };

/** The links of the header. What a signed-in person finds there follows from `GET /me`. */
export function Nav({ path }: { path: string }) {
  const t = useMessages(messages);
  const state = useStore(session);
  const me = useMe();
  const here = withoutPrefix(path);

  const items: Item[] = [
    { href: '/challenges', label: t('nav.challenges') },
    { href: '/help', label: t('nav.help') },
  ];
  if (state === 'in') {
    for (const area of me?.areas ?? []) items.push({ href: places[area], label: t(`nav.${area}`) });
    items.push({ href: '/account', label: me?.name || t('nav.account') });
  } else {
    // Back to where one was; from the start and from the pages of accounts there is nothing to come back to.
    const next = here === '/' || accounts.test(here) ? '' : `?next=${encodeURIComponent(here)}`;
    items.push({ href: `/sign-in${next}`, label: t('nav.signIn') });
  }

  // Of places inside each other (/admin, /admin/kpi) the innermost is where one is.
  const inside = items.map(({ href }) => href).filter((href) => here === href || here.startsWith(`${href}/`));
  const place = inside.sort((a, b) => b.length - a.length)[0];

  return (
    <ul class="nav-list">
      {items.map(({ href, label }) => {
        const current = href === place;
        return (
          <li key={href}>
            <Link
              href={href}
              class="nav-link"
              aria-current={here === href ? 'page' : current ? 'true' : undefined}
            >
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
