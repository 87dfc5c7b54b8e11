import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';

type Schemas = components['schemas'];
export type Change = Schemas['RulesChange'];
export type Version = Schemas['RulesVersion'];
export type Desk = Schemas['RulesDesk'];
export type Criterion = Schemas['ManagedCriterion'];
export type EntryRules = Schemas['EntryRules'];

/** The versions of a published challenge, newest first. */
export function useVersions(slug: string, lang: Language) {
  return useQuery({
    queryKey: ['challenge', slug, 'versions', lang],
    queryFn: () =>
      ok(api.GET('/challenges/{slug}/versions', { params: { path: { slug }, query: { lang } } })),
  });
}

/** Versions and draft as officials see them. */
export function useDesk(id: string, lang: Language) {
  return useQuery({
    queryKey: ['managed', id, 'rules', lang],
    queryFn: () =>
      ok(api.GET('/manage/challenges/{id}/rules', { params: { path: { id }, query: { lang } } })),
  });
}

/** How many submitted entries stand on which version and, after the deadline, which. */
export function useAcceptances(id: string) {
  return useQuery({
    queryKey: ['managed', id, 'acceptances'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/acceptances', { params: { path: { id } } })),
  });
}

/** The version that an entry stands on. */
export function useEntryRules(id: string, lang: Language) {
  return useQuery({
    queryKey: ['entry', id, 'rules', lang],
    queryFn: () => ok(api.GET('/entries/{id}/rules', { params: { path: { id }, query: { lang } } })),
  });
}

/** Reads the desk from the server whatever is at hand, as after somebody else saved the draft. */
export const readDesk = (id: string, lang: Language): Promise<Desk> =>
  ok(api.GET('/manage/challenges/{id}/rules', { params: { path: { id }, query: { lang } } }));

/** Reads everything again that says a date or a text of the challenge. */
export async function changed(id: string): Promise<void> {
  await Promise.all(
    [['managed', id], ['managed', 'list'], ['challenge'], ['challenges']].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
}
