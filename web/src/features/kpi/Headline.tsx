import { Link } from 'wouter-preact';
import { When } from '~/components/When';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { amount, nameOf } from './amount';
import type { Kpi, Programme } from './api';
import { Chart } from './Chart';
import { messages } from './messages';
import { Standing } from './Standing';

/** The indicator that the platform counts itself, large, with its definition printed beside it. */
export function Headline({ kpi, programme }: { kpi: Kpi; programme: Programme }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = nameOf(kpi, language);
  const definition = textIn(kpi.definition, language);
  return (
    <section class="kpi-head" aria-labelledby="kpi-headline">
      <div class="stack">
        <h2 id="kpi-headline" lang={name.lang}>
          {name.text}
        </h2>
        <p class="kpi-figure">{kpi.value === null ? t('none') : number(kpi.value, language)}</p>
        <p>
          <strong>
            {t('target.is', { target: t(`target.${kpi.op}`, { amount: amount(kpi, kpi.target, language) }) })}
          </strong>{' '}
          <Standing kpi={kpi} />
        </p>
        {kpi.provisionalUntil ? (
          <p>
            {t('soFar')}
            <When at={kpi.provisionalUntil} zone={programme.timeZone} short />
          </p>
        ) : null}
        <p class="muted" lang={definition.lang}>
          {definition.text}
        </p>
        <p>
          <Link href={`/admin/kpi/${kpi.slug}`}>{t('rows.link')}</Link>
        </p>
      </div>
      <Chart kpi={kpi} />
    </section>
  );
}
