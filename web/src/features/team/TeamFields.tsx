import type { ComponentChildren } from 'preact';
import { api, ok } from '~/api/client';
import { RadioGroup } from '~/components/RadioGroup';
import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Form } from '~/lib/use-form';
import { countryOptions } from './countries';
import { messages } from './messages';

export const emptyTeam = { name: '', latinName: '', kind: '', country: '', city: '', website: '' };
export type TeamValues = typeof emptyTeam;
export type TeamKind = 'startup' | 'company' | 'university' | 'group' | 'person';

const kinds: TeamKind[] = ['startup', 'company', 'university', 'group', 'person'];

/** What is missing before a team can be made. */
export function useTeamFaults() {
  const t = useMessages(messages);
  return (v: TeamValues): Partial<Record<keyof TeamValues, string>> => ({
    name: v.name.trim() ? undefined : t('team.name.missing'),
    kind: v.kind ? undefined : t('team.kind.missing'),
    country: v.country ? undefined : t('team.country.missing'),
  });
}

/** Makes a team and gives its id; the same key makes one. */
export async function createTeam(v: TeamValues, key: string): Promise<string> {
  const { name, latinName, kind, country, city, website } = v;
  const team = await ok(
    api.POST('/teams', {
      params: { header: { 'Idempotency-Key': key } },
      body: { name, latinName, kind: kind as TeamKind, country, city, website },
    }),
  );
  return team.id;
}

/** A name that readers of Latin letters cannot read. */
const foreign = (name: string) => /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(name);

type Props<V extends TeamValues> = {
  form: Form<V>;
  /** What is offered under the name while it is typed. */
  offers?: ComponentChildren;
};

/** What a team says of itself. */
export function TeamFields<V extends TeamValues>({ form, offers }: Props<V>) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <>
      <TextInput
        {...form.field('name')}
        label={t('team.name')}
        hint={t('team.name.hint')}
        autocomplete="organization"
      />
      {offers}
      {foreign(form.values.name) || form.values.latinName ? (
        <TextInput
          {...form.field('latinName')}
          label={t('team.latinName')}
          hint={t('team.latinName.hint')}
          optional
        />
      ) : null}
      <RadioGroup
        {...form.field('kind')}
        label={t('team.kind')}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <Select
        {...form.field('country')}
        label={t('team.country')}
        empty={t('team.country.choose')}
        options={countryOptions(language)}
      />
      <TextInput {...form.field('city')} label={t('team.city')} optional />
      <TextInput
        {...form.field('website')}
        label={t('team.website')}
        hint={t('team.website.hint')}
        type="url"
        inputMode="url"
        optional
      />
    </>
  );
}
