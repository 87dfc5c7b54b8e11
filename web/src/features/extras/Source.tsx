import type { components } from '~/api/schema';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Where an imported challenge was published first. */
export function Source({ source: { agency, url } }: { source: components['schemas']['ImportSource'] }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="source">
      <h2 id="source">{t('source.title')}</h2>
      {agency ? <p>{t('source.agency', { agency })}</p> : null}
      {url ? (
        <p>
          <a href={url} rel="noreferrer">
            {t('source.page', { host: hostOf(url) })}
          </a>
        </p>
      ) : null}
    </section>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
