import { oneDecimal } from '~/features/jury/total';
import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Criterion, entryName, type Spread } from './api';
import { messages } from './messages';

type Props = { spread: Spread[]; criteria: Criterion[]; language: Language };

/** How far apart the jurors are about each entry: a dot for each, the median, and where one's own lies. */
export default function SpreadView({ spread, criteria, language }: Props) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="spread">
      <h2 id="spread">{t('spread')}</h2>
      <p class="prose">
        {t('spread.text')}
        {spread.some((each) => each.own !== undefined) ? t('spread.yours') : null}
      </p>
      <div class="spread">
        {spread.map((each) => (
          <section key={each.entry.entryId} aria-labelledby={`spread-${each.entry.entryId}`}>
            <h3 id={`spread-${each.entry.entryId}`} dir="auto">
              {entryName(each.entry)}
            </h3>
            {each.sheets === 0 ? (
              <p class="muted">{t('spread.none')}</p>
            ) : (
              <OfEntry spread={each} criteria={criteria} language={language} />
            )}
          </section>
        ))}
      </div>
    </section>
  );
}

function OfEntry({
  spread,
  criteria,
  language,
}: {
  spread: Spread;
  criteria: Criterion[];
  language: Language;
}) {
  const t = useMessages(messages);
  const page = useLanguage();
  const tenths = (value: number) => oneDecimal(value, page);
  return (
    <ol class="spread-criteria">
      <li>
        <h4>
          {t('spread.total')} <span class="small muted">{t('spread.sheets', { n: spread.sheets })}</span>
        </h4>
        <Totals spread={spread} label={spread.totals.map(tenths).join(' · ')} />
        <Words median={spread.median} own={spread.own} say={tenths} />
      </li>
      {spread.criteria.map((each) => {
        const criterion = criteria.find((other) => other.id === each.criterionId);
        if (!criterion) return null;
        const name = textIn(criterion.name, page, language);
        const say = (value: number) => number(value, page, { maximumFractionDigits: 1 });
        return (
          <li key={each.criterionId}>
            <h4 lang={name.lang}>{name.text}</h4>
            <ol class="spread-scale">
              {each.counts.map((n, at) => (
                <Score
                  key={criterion.lowest + at}
                  score={criterion.lowest + at}
                  n={n}
                  own={each.own?.score === criterion.lowest + at}
                />
              ))}
            </ol>
            {each.notApplicable > 0 ? (
              <p class="small">{t('spread.skip', { n: each.notApplicable })}</p>
            ) : null}
            {each.own && each.own.score === undefined ? (
              <p class="small">{t('spread.skipped')}</p>
            ) : (
              <Words median={each.median} own={each.own?.score} say={say} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Who gave one score: a dot for each, one's own ringed. */
function Score({ score, n, own }: { score: number; n: number; own: boolean }) {
  const t = useMessages(messages);
  return (
    <li>
      <span class="visually-hidden">
        {t('spread.score', { score, n })} {own ? t('spread.score.own') : null}
      </span>
      <span class="spread-dots" aria-hidden="true">
        {Array.from({ length: n }, (_, at) => (
          <span key={at} class={own && at === 0 ? 'spread-dot spread-own' : 'spread-dot'} />
        ))}
      </span>
      <span class="spread-digit" aria-hidden="true">
        {score}
      </span>
    </li>
  );
}

/** The totals on a line from 0 to 100 with the median across. */
function Totals({ spread, label }: { spread: Spread; label: string }) {
  const own = spread.own === undefined ? -1 : spread.totals.indexOf(spread.own);
  const y = heights(spread.totals);
  const top = Math.min(0, ...y.map((each) => each - 4));
  return (
    <svg class="spread-line" viewBox={`-4 ${top} 108 ${12 - top}`} role="img" aria-label={label}>
      <path class="spread-axis" d="M0 9V11M25 9V11M50 9V11M75 9V11M100 9V11M0 11H100" />
      {spread.median === undefined ? null : <path class="spread-median" d={`M${spread.median} ${top}V11`} />}
      {spread.totals.map((total, at) => (
        <circle key={at} class="spread-mark" cx={total} cy={y[at]} r="1.8" />
      ))}
      {own < 0 ? null : <circle class="spread-ring" cx={spread.totals[own]} cy={y[own]} r="3" />}
    </svg>
  );
}

/** Dots that would lie on one another are put above each other. */
function heights(ascending: number[]): number[] {
  const out: number[] = [];
  ascending.forEach((total, at) => {
    const near = at > 0 && total - (ascending[at - 1] ?? 0) < 3;
    out.push(near ? (out[at - 1] ?? 6) - 4.6 : 6);
  });
  return out;
}

type Said = { median: number | undefined; own: number | undefined; say: (value: number) => string };

/** The median, and how far one's own lies from it. */
function Words({ median, own, say }: Said) {
  const t = useMessages(messages);
  if (median === undefined) return null;
  const apart = own === undefined ? 0 : own - median;
  const key = Math.abs(apart) < 0.05 ? 'spread.same' : apart > 0 ? 'spread.above' : 'spread.below';
  return (
    <p class="small">
      <strong>{t('spread.median', { median: say(median) })}</strong>
      {own === undefined ? null : t(key, { own: say(own), n: say(Math.abs(apart)) })}
    </p>
  );
}
