import { CityMark } from '~/components/CityMark';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { zoneName } from '~/i18n/dates';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { serverNow } from '~/lib/clock';
import { useCities, useTestbeds } from './api';
import { messages } from './messages';

/** The cities that take part, with their testbeds and slots in numbers. */
export default function CitiesPage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const cities = useCities();
  const testbeds = useTestbeds().data?.items ?? [];
  const today = serverNow().toISOString().slice(0, 10);
  return (
    <QueryView query={cities} page>
      {({ items, allowedActions }) => {
        const add = allowedActions.includes('cities.manage') ? (
          <LinkButton href="/admin/cities/new" kind="primary">
            {t('cities.add')}
          </LinkButton>
        ) : undefined;
        return (
          <Page title={t('cities.title')} lead={<p>{t('cities.lead')}</p>}>
            {items.length === 0 ? (
              <EmptyState title={t('cities.none')} action={add}>
                <p>{t('cities.none.text')}</p>
              </EmptyState>
            ) : (
              <>
                <p>{add}</p>
                <Rows label={t('cities.title')}>
                  {items.map((city) => {
                    const beds = testbeds.filter((bed) => bed.cities.some((each) => each.id === city.id));
                    const slots = beds
                      .flatMap((bed) => bed.slots)
                      .filter((slot) => slot.cityId === city.id && slot.endsOn >= today);
                    return (
                      <Row
                        key={city.id}
                        href={`/admin/cities/${city.slug}`}
                        title={<CityMark city={city} />}
                        facts={[
                          { name: t('cities.testbeds'), value: number(beds.length, language) },
                          { name: t('cities.slots'), value: number(slots.length, language) },
                          { name: t('cities.language'), value: t(`lang.${city.language}`) },
                          {
                            name: t('cities.zone'),
                            value: zoneName(serverNow(), city.timeZone),
                            note: city.timeZone,
                          },
                        ]}
                      />
                    );
                  })}
                </Rows>
              </>
            )}
          </Page>
        );
      }}
    </QueryView>
  );
}
