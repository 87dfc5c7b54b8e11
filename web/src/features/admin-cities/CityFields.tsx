import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import { languageNames, languages } from '~/i18n/languages';
import type { LocalText } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import type { Form } from '~/lib/use-form';
import { messages } from './messages';

/** The fields of a city that can be changed, empty. */
export const emptyCity = { name_en: '', name_es: '', name_ja: '', region: '', timeZone: '', language: '' };
type Fields = typeof emptyCity;

/** The names typed, by language; languages left empty are absent. */
export function namesOf(values: Fields): LocalText {
  const names: LocalText = {};
  for (const each of languages) {
    const name = values[`name_${each}`].trim();
    if (name) names[each] = name;
  }
  return names;
}

// Only the fields of a city matter here; what else the form holds is its own business.
// biome-ignore lint/suspicious/noExplicitAny: a form of more fields is a form of these
type AnyForm = Form<any>;

/** Names in three languages and the settings that follow from the country. `fresh` adds what is fixed later. */
export function CityFields({ form, fresh }: { form: AnyForm; fresh?: boolean }) {
  const t = useMessages(messages);
  return (
    <>
      {languages.map((each) => (
        <TextInput
          key={each}
          {...form.field(`name_${each}`)}
          label={t('field.name', { language: t(`lang.${each}`) })}
          lang={each}
          optional
        />
      ))}
      {fresh ? (
        <>
          <TextInput
            {...form.field('slug')}
            label={t('field.slug')}
            hint={t('field.slug.hint')}
            optional
            spellcheck={false}
          />
          <TextInput
            {...form.field('country')}
            label={t('field.country')}
            hint={t('field.country.hint')}
            short
            autocomplete="off"
          />
        </>
      ) : null}
      <Select
        {...form.field('region')}
        label={t('field.region')}
        optional={fresh}
        empty={fresh ? '' : undefined}
        options={(['EU', 'JP', 'other'] as const).map((value) => ({ value, label: t(`region.${value}`) }))}
      />
      <TextInput
        {...form.field('timeZone')}
        label={t('field.zone')}
        hint={t('field.zone.hint')}
        optional={fresh}
        spellcheck={false}
      />
      <Select
        {...form.field('language')}
        label={t('field.language')}
        optional={fresh}
        empty={fresh ? '' : undefined}
        options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
      />
    </>
  );
}
