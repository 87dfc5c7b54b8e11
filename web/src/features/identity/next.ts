import { api, ok } from '~/api/client';
import { lasting } from '~/lib/storage';

const place = 'ft.next';

/** Where somebody wanted to go before signing in: a path of this site, or nothing. */
export function wanted(): string | undefined {
  return safe(new URLSearchParams(location.search).get('next'));
}

/** Keeps it for the visit that begins with a link in a mail, perhaps in another tab. */
export function keepWanted(path: string | undefined): void {
  if (path) lasting.set(place, path);
  else lasting.remove(place);
}

/** What was kept. */
export function keptWanted(): string | undefined {
  return safe(lasting.get(place));
}

/** Only paths of this site: "//elsewhere" and "/\elsewhere" would leave it, as would a break between the slashes. */
function safe(path: string | null): string | undefined {
  return path && /^\/(?![/\\])\P{Cc}*$/u.test(path) ? path : undefined;
}

/** Adds where to go next to a link. */
export function withNext(href: string, next: string | undefined): string {
  return next ? `${href}?next=${encodeURIComponent(next)}` : href;
}

/** Where somebody's work is, who has just signed in and wanted nothing in particular. */
export async function home(): Promise<string> {
  const { grants, factorMissing } = await ok(api.GET('/me'));
  if (factorMissing) return '/account/security';
  const roles = grants.map((grant) => grant.role);
  if (roles.includes('official')) return '/manage/challenges';
  if (roles.includes('chair') || roles.includes('juror')) return '/jury';
  if (roles.includes('admin') || roles.includes('manager')) return '/admin/kpi';
  return roles.length > 0 ? '/my/entries' : '/challenges';
}
