import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type City, type Testbed, useTestbeds } from './api';
import { messages } from './messages';
import { Slots } from './Slots';

/** The testbeds of a city with their slots. */
export function Testbeds({ city }: { city: City }) {
  const t = useMessages(messages);
  const query = useTestbeds(city.slug);
  const add = city.allowedActions.includes('testbeds.manage') ? (
    <LinkButton href={`/admin/cities/${city.slug}/testbeds/new`} kind="outline">
      {t('testbeds.add')}
    </LinkButton>
  ) : undefined;
  return (
    <section class="section" aria-labelledby="testbeds">
      <h2 id="testbeds">{t('testbeds.title')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('testbeds.none')} action={add} level={3}>
              <p>{t('testbeds.none.text')}</p>
            </EmptyState>
          ) : (
            <div class="stack">
              <p>{add}</p>
              {items.map((bed) => (
                <TestbedPanel key={bed.id} city={city} bed={bed} />
              ))}
            </div>
          )
        }
      </QueryView>
    </section>
  );
}

function TestbedPanel({ city, bed }: { city: City; bed: Testbed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = textIn(bed.name, language);
  const manages = bed.allowedActions.includes('testbeds.manage');
  return (
    <section class="panel" aria-labelledby={`bed-${bed.id}`}>
      <h3 id={`bed-${bed.id}`} lang={name.lang === language ? undefined : name.lang}>
        {name.text}
      </h3>
      <p class="marks">
        <Tag tone={bed.open ? 'success' : undefined}>{t(bed.open ? 'testbeds.open' : 'testbeds.closed')}</Tag>
        <span>{t('testbeds.capacity', { n: bed.capacity })}</span>
        {bed.provider ? <span>{t('testbeds.provider', { provider: bed.provider })}</span> : null}
        {bed.partner ? <span>{t('testbeds.by', { partner: bed.partner })}</span> : null}
      </p>
      <Slots city={city} bed={bed} manages={manages} />
      {manages ? (
        <p>
          <LinkButton href={`/admin/cities/${city.slug}/testbeds/${bed.id}`} kind="link">
            {t('testbeds.edit')}
            <span class="visually-hidden"> {name.text}</span>
          </LinkButton>
        </p>
      ) : null}
    </section>
  );
}
