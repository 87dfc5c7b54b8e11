import { Select } from '~/components/Select';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Form } from '~/lib/use-form';
import { type Role, usePlaces } from '../api';
import { messages } from '../messages';
import { givenRoles, placeOf } from './roles';

/** What the choice of a role with its place is kept as. */
export const noRole = { role: '', city: '', contest: '' };
export type RoleValues = typeof noRole;

/** The choice as the API wants it. */
export function roleScope({ role, city, contest }: RoleValues) {
  const scopeKind = placeOf[role as Role] ?? 'installation';
  const scopeId = { city, contest, installation: undefined }[scopeKind];
  return { role: role as Role, scopeKind, scopeId };
}

/** Faults of the choice. */
export function useRoleCheck() {
  const t = useMessages(messages);
  return (v: RoleValues) => {
    const place = placeOf[v.role as Role];
    return {
      role: v.role ? undefined : t('invite.role.missing'),
      city: place === 'city' && !v.city ? t('invite.city.missing') : undefined,
      contest: place === 'contest' && !v.contest ? t('invite.contest.missing') : undefined,
    };
  };
}

/** A role, and the city or contest that it is for. */
export function RoleFields({ form }: { form: Pick<Form<RoleValues>, 'field' | 'values'> }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { cities, contests } = usePlaces();
  const role = form.values.role as Role;
  const place = placeOf[role];
  return (
    <>
      <Select
        {...form.field('role')}
        label={t('invite.role')}
        empty={t('invite.role.empty')}
        hint={role ? t(`means.${role}`) : undefined}
        options={givenRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      {place === 'city' ? (
        <Select
          {...form.field('city')}
          label={t('invite.city')}
          empty={t('invite.city.empty')}
          options={cities.map((city) => ({ value: city.id, label: textIn(city.name, language).text }))}
        />
      ) : null}
      {place === 'contest' ? (
        <Select
          {...form.field('contest')}
          label={t('invite.contest')}
          empty={t('invite.contest.empty')}
          options={contests.map((contest) => ({
            value: contest.id,
            label: textIn(contest.title, language).text,
          }))}
        />
      ) : null}
    </>
  );
}
