import { Button } from '~/components/Button';
import { Checkbox } from '~/components/Checkbox';
import { Disclosure } from '~/components/Disclosure';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import type { Criterion } from './api';
import { messages } from './messages';

type Props = {
  at: number;
  /** Language of the words that are edited now. */
  lang: Language;
  /** Language of the version that counts: its words stand in the hint of an empty translation. */
  source: Language;
  criterion: Criterion;
  errors: Record<string, string>;
  onChange: (next: Partial<Criterion>) => void;
  onRemove?: () => void;
};

/** One criterion: name, weight, what the jury looks at, and an anchor for each score. */
export function CriterionFields({ at, lang, source, criterion, errors, onChange, onRemove }: Props) {
  const t = useMessages(messages);
  const name = (field: string) => `criteria.${at}.${field}`;
  const set = (text: LocalText, value: string): LocalText => ({ ...text, [lang]: value });
  const hint = (text: LocalText) =>
    lang !== source && text[source] ? <span lang={source}>{text[source]}</span> : undefined;
  const heading = textIn(criterion.name, lang, source);
  const scores = Array.from(
    { length: criterion.highest - criterion.lowest + 1 },
    (_, n) => criterion.lowest + n,
  );
  return (
    <section class="criterion stack" aria-labelledby={`criterion-${at}`}>
      <h2 id={`criterion-${at}`} lang={heading.lang}>
        {heading.text || t('criteria.new')}
      </h2>
      <TextInput
        name={name('name')}
        label={t('criteria.name')}
        hint={hint(criterion.name)}
        lang={lang}
        value={criterion.name[lang] ?? ''}
        onValue={(value) => onChange({ name: set(criterion.name, value) })}
        error={errors[name('name')]}
      />
      <TextInput
        name={name('weight')}
        label={t('criteria.weight')}
        type="number"
        inputMode="numeric"
        min="0"
        max="100"
        short
        value={String(criterion.weight)}
        onValue={(value) => onChange({ weight: Math.trunc(Number(value)) || 0 })}
        error={errors[name('weight')]}
      />
      <TextArea
        name={name('description')}
        label={t('criteria.description')}
        hint={hint(criterion.description)}
        optional
        rows={2}
        lang={lang}
        value={criterion.description[lang] ?? ''}
        onValue={(value) => onChange({ description: set(criterion.description, value) })}
        error={errors[name('description')]}
      />
      <Checkbox
        name={name('mayNotApply')}
        label={t('criteria.mayNotApply')}
        hint={t('criteria.mayNotApply.hint')}
        bare
        checked={criterion.mayNotApply ?? false}
        onChecked={(mayNotApply) => onChange({ mayNotApply })}
      />
      <Disclosure
        summary={t('criteria.anchors')}
        open={Object.keys(errors).some((key) => key.startsWith(name('anchors')))}
      >
        <div class="stack">
          {scores.map((score, n) => (
            <TextArea
              key={score}
              name={name(`anchors.${n}`)}
              label={t('criteria.anchor', { score })}
              hint={hint(criterion.anchors[n] ?? {})}
              rows={2}
              lang={lang}
              value={criterion.anchors[n]?.[lang] ?? ''}
              onValue={(value) =>
                onChange({
                  anchors: scores.map((_, at) => {
                    const text = criterion.anchors[at] ?? {};
                    return at === n ? set(text, value) : text;
                  }),
                })
              }
              error={errors[name(`anchors.${n}`)]}
            />
          ))}
        </div>
      </Disclosure>
      {onRemove ? (
        <p>
          <Button kind="link" onClick={onRemove}>
            {t('criteria.remove')}
          </Button>
        </p>
      ) : null}
    </section>
  );
}
