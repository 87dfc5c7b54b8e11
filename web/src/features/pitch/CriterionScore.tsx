import { Disclosure } from '~/components/Disclosure';
import { RadioGroup } from '~/components/RadioGroup';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Desk } from './api';
import { messages } from './messages';

type Score = number | 'skip';

type Props = {
  name: string;
  criterion: Desk['criteria'][number];
  /** Language of the version that counts. */
  source: Language;
  score: Score | undefined;
  onScore: (score: Score) => void;
};

/** One criterion: a row of digits, what the chosen one means, all meanings on demand. */
export function CriterionScore({ name, criterion, source, score, onScore }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { lowest, highest, weight } = criterion;
  const anchor = (value: number) => textIn(criterion.anchors[value - lowest], language, source);
  const means = typeof score === 'number' ? anchor(score) : undefined;
  const values = Array.from({ length: highest - lowest + 1 }, (_, at) => lowest + at);
  return (
    <div>
      <RadioGroup
        name={name}
        label={t('criterion.weight', { name: textIn(criterion.name, language, source).text, weight })}
        bare
        scale
        hint={
          means?.text ? (
            <span lang={means.lang}>{`${score} = ${means.text}`}</span>
          ) : (
            t(score === 'skip' ? 'skip.means' : 'score.choose')
          )
        }
        value={score === undefined ? '' : String(score)}
        onValue={(value) => onScore(value === 'skip' ? value : Number(value))}
        options={[
          ...values.map((value) => ({
            value: String(value),
            label: String(value),
            hint: anchor(value).text,
          })),
          ...(criterion.mayNotApply ? [{ value: 'skip', label: t('skip') }] : []),
        ]}
      />
      <Disclosure summary={<span class="small">{t('anchors.all')}</span>}>
        <ol class="small">
          {values.map((value) => (
            <li key={value} value={value} lang={anchor(value).lang}>
              {anchor(value).text}
            </li>
          ))}
        </ol>
      </Disclosure>
    </div>
  );
}
