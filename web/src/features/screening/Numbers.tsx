import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Overview } from './api';
import { messages } from './messages';

/** How many entries there are, and how far their check is. */
export function Numbers({ overview }: { overview: Overview }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { numbers, counts, sealed } = overview;
  return (
    <>
      <dl class="facts split screening-numbers">
        <div>
          <dt>{t('deadline')}</dt>
          <dd>
            <When at={overview.closes} zone={overview.timeZone} />
          </dd>
        </div>
        {(['submitted', 'started', 'withdrawn'] as const).map((each) => (
          <div key={each}>
            <dt>{t(`number.${each}`)}</dt>
            <dd>{number(numbers[each], language)}</dd>
          </div>
        ))}
        {sealed
          ? null
          : (['unscreened', 'passed', 'failed', 'correcting'] as const).map((each) => (
              <div key={each}>
                <dt>{t(`state.${each}`)}</dt>
                <dd>{number(counts[each], language)}</dd>
              </div>
            ))}
      </dl>
      {numbers.byCountry.length > 0 ? (
        <Disclosure summary={t('countries')}>
          <Table
            caption={t('countries')}
            hideCaption
            narrow="scroll"
            rows={numbers.byCountry}
            rowKey={(row) => row.country}
            columns={[
              {
                key: 'country',
                title: t('country'),
                heading: true,
                cell: (row) => countryName(row.country, language),
              },
              {
                key: 'number',
                title: t('number'),
                numeric: true,
                cell: (row) => number(row.submitted, language),
              },
            ]}
          />
        </Disclosure>
      ) : null}
    </>
  );
}
