import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { type LogFilters as Filters, kinds, sorts } from './api';
import { messages } from './messages';

type Props = { filters: Filters; set: (name: keyof Filters, value: string) => void };

/** Search by person and by what was opened, kind, days and order. */
export function LogFilters({ filters, set }: Props) {
  const t = useMessages(messages);
  return (
    <search aria-label={t('filters')} class="filters">
      {(['person', 'thing'] as const).map((name) => (
        <TextInput
          key={name}
          name={name}
          type="search"
          label={t(`search.${name}`)}
          bare
          autocomplete="off"
          value={filters[name]}
          onValue={(value) => set(name, value)}
        />
      ))}
      <Select
        name="kind"
        label={t('kind')}
        bare
        value={filters.kind}
        onValue={(value) => set('kind', value)}
        empty={t('kind.all')}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          name={name}
          type="date"
          label={t(name)}
          bare
          short
          value={filters[name]}
          onValue={(value) => set(name, value)}
        />
      ))}
      <Select
        name="sort"
        label={t('sort')}
        bare
        value={filters.sort}
        onValue={(value) => set('sort', value)}
        options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
      />
    </search>
  );
}
