import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Lack = Pick<components['schemas']['FieldError'], 'pointer' | 'code'>;

export const eligibilityKey = (entryId: string, lang: Language) => ['eligibility', entryId, lang];

/** The eligibility questions of an entry's challenge with the team's answers, in a language. */
export function useEligibility(entryId: string, lang: Language) {
  const path = { params: { path: { id: entryId }, query: { lang } } };
  return useQuery({
    queryKey: eligibilityKey(entryId, lang),
    queryFn: () => ok(api.GET('/entries/{id}/eligibility', path)),
  });
}

/** The name of a question's control. */
export const eligibilityField = (key: string) => `eligibility.${key}`;

/** What of the eligibility questions stands in the way of sending, by the control's name, as whole lines. */
export function useEligibilityLacks(entryId: string, missing: Lack[]): Record<string, string> {
  const t = useMessages(messages);
  const { data } = useEligibility(entryId, useLanguage());
  const out: Record<string, string> = {};
  for (const item of data?.items ?? []) {
    const lack = missing.find((each) => each.pointer === `/eligibility/${item.key}`);
    if (!lack) continue;
    const what = t(lack.code === 'required' ? 'eligibility.lack.required' : 'eligibility.lack.not_eligible');
    out[eligibilityField(item.key)] = t('eligibility.lack', { question: item.text.text, what });
  }
  return out;
}
