import { Row } from '~/components/Rows';
import { date } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { amount, nameOf } from './amount';
import type { Kpi } from './api';
import { Spark } from './Chart';
import { messages } from './messages';
import { Standing } from './Standing';

type Props = { kpi: Kpi; all: Kpi[] };

/** One indicator in its group: name, definition, value against target, when it was measured. */
export function IndicatorRow({ kpi, all }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = nameOf(kpi, language);
  const definition = textIn(kpi.definition, language);
  const whole = all.find((each) => each.slug === kpi.parent);
  return (
    <Row
      href={`/admin/kpi/${kpi.slug}`}
      title={name.text}
      titleLang={name.lang}
      level={3}
      above={<Standing kpi={kpi} />}
      facts={[
        {
          name: t('value'),
          value: kpi.value === null ? t('none') : amount(kpi, kpi.value, language),
          note: t('target.is', {
            target: t(`target.${kpi.op}`, { amount: amount(kpi, kpi.target, language) }),
          }),
        },
        {
          name: t('measured'),
          value: kpi.measuredMonth === undefined ? t('measured.none') : t('monthN', { n: kpi.measuredMonth }),
          note: kpi.measuredOn ? date(new Date(kpi.measuredOn), 'UTC', language) : undefined,
        },
        ...(kpi.series.some((point) => point.value !== null)
          ? [{ name: t('course'), value: <Spark kpi={kpi} /> }]
          : []),
      ]}
    >
      <p class="small muted" lang={definition.lang}>
        {definition.text}
      </p>
      {whole ? <p class="small muted">{t('partOf', { name: nameOf(whole, language).text })}</p> : null}
    </Row>
  );
}
