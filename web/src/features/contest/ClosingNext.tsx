import { Link } from 'wouter-preact';
import { CityMark } from '~/components/CityMark';
import { QueryView } from '~/components/QueryView';
import { TimeLeft } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useClosingNext } from './api';
import { messages } from './messages';
import { inTurn } from './turns';

/** The panel of the start page: what closes next, and how long it is still open. */
export function ClosingNext() {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useClosingNext(language);
  return (
    <section class="panel hero-panel" aria-labelledby="closing-next">
      <h2 id="closing-next" class="hero-panel-title">
        {t('closing.title')}
      </h2>
      <QueryView query={query} loading="s">
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('closing.none')}</p>
          ) : (
            <ul class="closing">
              {inTurn(items, 3).map((item) => (
                <li key={item.id}>
                  <div>
                    <Link href={`/challenges/${item.slug}`} class="row-link" lang={item.lang}>
                      {item.title}
                    </Link>
                    <div class="marks">
                      {item.cities.map((city) => (
                        <CityMark key={city.id} city={city} />
                      ))}
                    </div>
                  </div>
                  <strong>
                    <TimeLeft at={item.closesAt} />
                  </strong>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
