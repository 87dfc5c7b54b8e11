import { RadioGroup } from '~/components/RadioGroup';
import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import { type Translate, useLanguage, useMessages } from '~/i18n/use-messages';
import type { Form } from '~/lib/use-form';
import { countryOptions } from './countries';
import { messages } from './messages';
import type en from './messages/en.json';

export const emptyTeam = { name: '', latinName: '', kind: '', country: '', city: '', website: '' };
export type TeamValues = typeof emptyTeam;
export type TeamKind = 'startup' | 'company' | 'university' | 'group' | 'person';

const kinds: TeamKind[] = ['startup', 'company', 'university', 'group', 'person'];

/** What is missing before a team can be made. */
export function teamFaults(
  v: TeamValues,
  t: Translate<keyof typeof en>,
): Partial<Record<keyof TeamValues, string>> {
  return {
    name: v.name.trim() ? undefined : t('team.name.missing'),
    kind: v.kind ? undefined : t('team.kind.missing'),
    country: v.country ? undefined : t('team.country.missing'),
  };
}

/** What a team says of itself. */
export function TeamFields<V extends TeamValues>({ form }: { form: Form<V> }) {
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
      <TextInput
        {...form.field('latinName')}
        label={t('team.latinName')}
        hint={t('team.latinName.hint')}
        optional
      />
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
