import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { QueryView } from '~/components/QueryView';
import { RadioGroup } from '~/components/RadioGroup';
import { TextInput } from '~/components/TextInput';
import { date } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useSettled } from '~/lib/use-query-filters';
import { messages } from './messages';

export type Source = components['schemas']['ChallengeSource'];

type Props = {
  field: { name: string; value: string; onValue: (value: string) => void; error?: string };
  onChoose: (source: Source) => void;
};

/** Finds a past challenge to start from. */
export function SourcePicker({ field, onChoose }: Props) {
  const t = useMessages(messages);
  const lang = useLanguage();
  const [words, setWords] = useState('');
  const { q } = useSettled({ q: words.trim() });
  const query = useQuery({
    queryKey: ['challenge-sources', q, lang],
    queryFn: () =>
      ok(api.GET('/manage/challenge-sources', { params: { query: { q: q || undefined, lang } } })),
    placeholderData: (before) => before,
  });
  return (
    <>
      <TextInput
        name="source-words"
        type="search"
        value={words}
        onValue={setWords}
        label={t('start.search')}
        hint={t('start.search.hint')}
        bare
      />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{t('start.source.none')}</p>
          ) : (
            <RadioGroup
              {...field}
              onValue={(id) => {
                field.onValue(id);
                const chosen = items.find((item) => item.id === id);
                if (chosen) onChoose(chosen);
              }}
              label={t('start.source')}
              options={items.map((item) => ({
                value: item.id,
                label: item.title || t('untitled'),
                lang: item.lang === lang ? undefined : item.lang,
                hint: [
                  ...item.cities.map((city) => textIn(city.name, lang).text),
                  textIn(item.contest, lang).text,
                  date(new Date(item.closesAt), item.cities[0]?.timeZone ?? 'UTC', lang),
                ].join(' · '),
              }))}
            />
          )
        }
      </QueryView>
    </>
  );
}
