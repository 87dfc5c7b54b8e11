import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Filters, useCities } from './api';
import { messages } from './messages';

type Props = { filters: Filters; set: (name: keyof Filters & string, value: string) => void };

const statuses = ['current', 'open', 'upcoming', 'closed', 'all'] as const;
const sorts = ['closing', 'newest', 'title'] as const;

/** Search, city, status and order of the list of challenges. */
export function ChallengeFilters({ filters, set }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const cities = useCities().data?.items ?? [];
  return (
    <search aria-label={t('list.filters')} class="filters">
      <div class="filter-wide">
        <TextInput
          name="q"
          type="search"
          label={t('list.search')}
          bare
          autocomplete="off"
          value={filters.q}
          onValue={(value) => set('q', value)}
        />
      </div>
      <Select
        name="city"
        label={t('list.city')}
        bare
        value={filters.city}
        onValue={(value) => set('city', value)}
        empty={t('list.city.all')}
        options={cities.map((city) => ({ value: city.slug, label: textIn(city.name, language).text }))}
      />
      <Select
        name="status"
        label={t('list.status')}
        bare
        value={filters.status}
        onValue={(value) => set('status', value)}
        options={statuses.map((value) => ({ value, label: t(`list.status.${value}`) }))}
      />
      <Select
        name="sort"
        label={t('list.sort')}
        bare
        value={filters.sort}
        onValue={(value) => set('sort', value)}
        options={sorts.map((value) => ({ value, label: t(`list.sort.${value}`) }))}
      />
    </search>
  );
}
