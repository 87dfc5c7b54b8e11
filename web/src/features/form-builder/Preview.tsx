import { useEffect, useRef, useState } from 'preact/hooks';
import { idOf } from '~/components/Field';
import { askedKeys } from '~/features/question/asked';
import { faultOf, type Question } from '~/features/question/check';
import { messages as question } from '~/features/question/messages';
import { FileQuestion, QuestionField } from '~/features/question/QuestionField';
import { sayLack } from '~/features/question/words';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Draft, FormDraft } from './draft';
import { messages } from './messages';

type Props = {
  form: FormDraft;
  draft: Draft;
  reading: Language;
  /** Key of the question that is open in the editor: the preview shows it. */
  open: string;
};

/** The form as entrants see it, with the same controls: what is typed here is tried out and kept nowhere. */
export function Preview({ form, draft, reading, open }: Props) {
  const t = useMessages(messages);
  const say = useMessages(question);
  const language = useLanguage();
  const [values, setValues] = useState<Record<string, string>>({});
  const [left, setLeft] = useState<Record<string, boolean>>({});
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    const shown = open && document.getElementById(idOf(`preview.${open}`))?.closest('.builder-question');
    // Beside the editor it scrolls by itself; under it nothing moves while somebody writes.
    if (!shown || !pane.current) return;
    pane.current.scrollTop +=
      shown.getBoundingClientRect().top - pane.current.getBoundingClientRect().top - 16;
  }, [open]);
  const asked = askedKeys(draft.fields, (key) => values[key] ?? '');
  return (
    <section ref={pane} class="builder-preview" aria-labelledby="preview">
      <h2 id="preview">{t('preview')}</h2>
      <p class="small muted">{t('preview.text')}</p>
      {draft.sections.map((section) => {
        const fields = draft.fields.filter((each) => each.section === section.key && asked.has(each.key));
        if (fields.length === 0) return null;
        const heading = textIn(section.label as LocalText, reading, form.language);
        return (
          <div key={section.key} class="form">
            <h3 lang={heading.lang === language ? undefined : heading.lang}>
              {heading.text || t('section.new')}
            </h3>
            {fields.map((each) => {
              const field: Question = { ...each, frozen: false };
              if (!textIn(each.label as LocalText, reading).text)
                field.label = { [language]: t('field.new') };
              const common = { field, name: `preview.${each.key}`, reading, zone: form.timeZone };
              const box = each.key === open ? 'builder-question builder-shown' : 'builder-question';
              if (each.kind === 'file') {
                return (
                  <div key={each.key} class={box}>
                    <FileQuestion {...common} />
                  </div>
                );
              }
              const value = values[each.key] ?? '';
              const fault = left[each.key] && value ? faultOf(field, value) : undefined;
              return (
                <div key={each.key} class={box}>
                  <QuestionField
                    {...common}
                    value={value}
                    onValue={(typed) => setValues((before) => ({ ...before, [each.key]: typed }))}
                    onBlur={() => setLeft((before) => ({ ...before, [each.key]: true }))}
                    error={fault && sayLack(fault, field, say, language)}
                    lang={reading}
                  />
                </div>
              );
            })}
          </div>
        );
      })}
    </section>
  );
}
