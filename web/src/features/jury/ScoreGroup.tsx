import { describedBy, FieldTexts, idOf } from '~/components/Field';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Criterion } from './api';
import { messages } from './messages';
import { scoreField } from './use-review';

type Props = {
  criterion: Criterion;
  score: number | 'skip' | undefined;
  onScore: (score: number | 'skip') => void;
  error?: string;
};

/** One criterion: digits as radio buttons, what the chosen one means under them, all meanings on demand. */
export function ScoreGroup({ criterion, score, onScore, error }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const field = scoreField(criterion.id);
  const name = textIn(criterion.name, language);
  const about = textIn(criterion.description, language);
  const scores = Array.from(
    { length: criterion.highest - criterion.lowest + 1 },
    (_, at) => criterion.lowest + at,
  );
  const anchor = (value: number) => textIn(criterion.anchors[value - criterion.lowest], language);
  const chosen = typeof score === 'number' ? anchor(score) : undefined;
  return (
    <fieldset
      class={error ? 'field field-error score-group' : 'field score-group'}
      data-criterion={criterion.id}
      aria-describedby={describedBy(field, about.text, error)}
      aria-invalid={error ? true : undefined}
    >
      <legend class="label score-group-name">
        <span lang={name.lang}>{name.text}</span>{' '}
        <span class="small muted">{t('weight', { n: criterion.weight })}</span>
      </legend>
      <FieldTexts
        name={field}
        hint={about.text ? <span lang={about.lang}>{about.text}</span> : undefined}
        error={error}
      />
      <div class="scale">
        {scores.map((value, at) => (
          <label
            key={value}
            for={at === 0 ? idOf(field) : `${idOf(field)}-${value}`}
            title={anchor(value).text}
          >
            <input
              type="radio"
              id={at === 0 ? idOf(field) : `${idOf(field)}-${value}`}
              name={field}
              value={value}
              checked={value === score}
              aria-label={anchor(value).text ? `${value}: ${anchor(value).text}` : undefined}
              onChange={() => onScore(value)}
            />
            {value}
          </label>
        ))}
        {criterion.mayNotApply ? (
          <label for={`${idOf(field)}-skip`} class="scale-skip">
            <input
              type="radio"
              id={`${idOf(field)}-skip`}
              name={field}
              value="skip"
              checked={score === 'skip'}
              onChange={() => onScore('skip')}
            />
            {t('skip')}
          </label>
        ) : null}
      </div>
      <p class="small score-group-anchor" aria-hidden="true">
        {score === 'skip' ? (
          t('skip.means')
        ) : chosen?.text ? (
          <span lang={chosen.lang}>{`${score} = ${chosen.text}`}</span>
        ) : (
          t('score.none')
        )}
      </p>
      <details class="score-group-all">
        <summary class="small">{t('anchors')}</summary>
        <ol class="small">
          {scores.map((value) => (
            <li key={value} value={value} lang={anchor(value).lang}>
              {anchor(value).text}
            </li>
          ))}
        </ol>
      </details>
    </fieldset>
  );
}
