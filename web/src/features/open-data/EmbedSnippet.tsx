import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Select } from '~/components/Select';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { OpenData } from './api';
import { messages } from './messages';

/** The lines that put the list of open challenges into another site, with a look at it. */
export function EmbedSnippet({ url, cities }: { url: string; cities: OpenData['cities'] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [city, setCity] = useState('');
  const [wanted, setWanted] = useState<string>(language);
  const query = new URLSearchParams({ lang: wanted });
  if (city) query.set('city', city);
  const address = `${url}?${query}`;
  const title = t('embed.frame');
  const snippet = `<iframe src="${address.replaceAll('&', '&amp;')}" title="${title}" width="100%" height="480" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
  const copy = () =>
    navigator.clipboard.writeText(snippet).then(
      () => showToast(t('embed.copied')),
      () => showToast(t('embed.notCopied')),
    );
  return (
    <div class="stack">
      <div class="open-data-choice">
        <Select
          name="embed-city"
          label={t('embed.city')}
          bare
          value={city}
          onValue={setCity}
          options={[
            { value: '', label: t('embed.allCities') },
            ...cities.map((one) => {
              const name = textIn(one.name, language);
              return { value: one.slug, label: name.text, lang: name.lang };
            }),
          ]}
        />
        <Select
          name="embed-language"
          label={t('embed.language')}
          bare
          value={wanted}
          onValue={setWanted}
          options={(['en', 'es', 'ja'] as const).map((l) => ({ value: l, label: t(`language.${l}`) }))}
        />
      </div>
      <div>
        <h3>{t('embed.snippet')}</h3>
        <pre class="open-data-snippet">{snippet}</pre>
      </div>
      <p class="actions">
        <Button kind="outline" onClick={copy}>
          {t('embed.copy')}
        </Button>
      </p>
      <h3>{t('embed.preview')}</h3>
      <iframe
        class="open-data-frame"
        src={new URL(address).pathname + new URL(address).search}
        title={title}
        loading="lazy"
      />
    </div>
  );
}
