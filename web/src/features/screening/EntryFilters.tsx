import { Disclosure } from '~/components/Disclosure';
import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import { countryName } from '~/i18n/country';
import { languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { defaultFilters, type Filters, kinds, type Overview, screeningStates } from './api';
import { messages } from './messages';

type Props = {
  overview: Overview;
  filters: Filters;
  set: (name: keyof Filters & string, value: string) => void;
};

// What a list of thirty entries seldom needs.
const seldom = ['state', 'country', 'kind', 'language', 'sort'] as const;

const sorts = ['reference', 'team', 'country', 'submitted'] as const;

/** Search and check; behind a word: state, country, kind, language and order of the list. */
export function EntryFilters({ overview, filters, set }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const narrowed = seldom.some((each) => filters[each] !== defaultFilters[each]);
  return (
    <search aria-label={t('filters')} class="filters">
      <div class="filter-wide">
        <TextInput
          name="q"
          type="search"
          label={t('search')}
          bare
          autocomplete="off"
          value={filters.q}
          onValue={(value) => set('q', value)}
        />
      </div>
      <Select
        name="screening"
        label={t('screening')}
        bare
        value={filters.screening}
        onValue={(value) => set('screening', value)}
        empty={t('screening.all')}
        options={screeningStates.map((value) => ({ value, label: t(`state.${value}`) }))}
      />
      <div class="screening-more">
        <Disclosure summary={t('filters.more')} open={narrowed}>
          <div class="filters">
            <Select
              name="state"
              label={t('state')}
              bare
              value={filters.state}
              onValue={(value) => set('state', value)}
              options={(['submitted', 'withdrawn'] as const).map((value) => ({
                value,
                label: t(`number.${value}`),
              }))}
            />
            <Select
              name="country"
              label={t('country')}
              bare
              value={filters.country}
              onValue={(value) => set('country', value)}
              empty={t('country.all')}
              options={overview.numbers.byCountry.map((each) => ({
                value: each.country,
                label: countryName(each.country, language),
              }))}
            />
            <Select
              name="kind"
              label={t('kind')}
              bare
              value={filters.kind}
              onValue={(value) => set('kind', value)}
              empty={t('kind.all')}
              options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
            <Select
              name="language"
              label={t('language')}
              bare
              value={filters.language}
              onValue={(value) => set('language', value)}
              empty={t('language.all')}
              options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
            />
            <Select
              name="sort"
              label={t('sort')}
              bare
              value={filters.sort}
              onValue={(value) => set('sort', value)}
              options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
            />
          </div>
        </Disclosure>
      </div>
    </search>
  );
}
