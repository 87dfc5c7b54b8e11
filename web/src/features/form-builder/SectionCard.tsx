import { Button } from '~/components/Button';
import { TextInput } from '~/components/TextInput';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import type { Draft, FormDraft, FormField, FormSection } from './draft';
import { FieldCard } from './FieldCard';
import { messages } from './messages';

/** What is about to be removed, for the question whether it is meant. */
export type Leaving = { kind: 'field' | 'section'; key: string; name: string };

/** What can be done to a form. `name` is what the thing is called, for what is read out. */
export type Acts = {
  change: (key: string, part: Partial<FormField>) => void;
  label: (key: string, label: LocalText) => void;
  add: (section: string, part?: Partial<FormField>) => void;
  duplicate: (key: string) => void;
  move: (key: string, by: -1 | 1, name: string) => void;
  moveSection: (key: string, by: -1 | 1, name: string) => void;
  leave: (what: Leaving) => void;
  toggle: (key: string) => void;
};

type Props = {
  at: number;
  section: FormSection;
  draft: Draft;
  form: FormDraft;
  lang: Language;
  /** Key of the question that is open. */
  open: string;
  errors: Record<string, string>;
  act: Acts;
};

/** One section: its heading, its questions, and what can be added. */
export function SectionCard({ at, section, draft, form, lang, open, errors, act }: Props) {
  const t = useMessages(messages);
  const heading = textIn(section.label as LocalText, lang, form.language);
  const name = heading.text || t('section.new');
  const label = `sections.${at}.label.${lang}`;
  const fields = draft.fields.filter((each) => each.section === section.key);
  const demonstrated = draft.fields.some((each) => each.demonstration);
  const source = section.label[form.language];
  return (
    <section class="builder-section stack" aria-labelledby={`section-${section.key}`}>
      <h2 id={`section-${section.key}`} lang={heading.text ? heading.lang : undefined}>
        {name}
      </h2>
      <TextInput
        name={label}
        label={t('section.label')}
        hint={lang !== form.language && source ? <span lang={form.language}>{source}</span> : undefined}
        optional={lang !== form.language}
        lang={lang}
        value={section.label[lang] ?? ''}
        onValue={(value) => act.label(section.key, { ...section.label, [lang]: value })}
        error={errors[label]}
      />
      <p class="builder-acts">
        <Moves id={section.key} name={name} onMove={(by) => act.moveSection(section.key, by, name)} />
        <Button
          kind="link"
          onClick={() => act.leave({ kind: 'section', key: section.key, name })}
          aria-label={t('section.remove.of', { name })}
        >
          {t('section.remove')}
        </Button>
      </p>
      {fields.length > 0 ? (
        <ol class="builder-fields">
          {fields.map((field) => {
            const place = draft.fields.indexOf(field);
            const own = `fields.${place}.`;
            const faulty = Object.keys(errors).some((each) => each.startsWith(own));
            return (
              <FieldCard
                key={field.key}
                at={place}
                field={field}
                draft={draft}
                form={form}
                lang={lang}
                open={open === field.key || faulty}
                errors={errors}
                act={act}
              />
            );
          })}
        </ol>
      ) : (
        <p class="muted">{t('section.empty')}</p>
      )}
      <p class="actions">
        <Button kind="outline" onClick={() => act.add(section.key)}>
          {t('add')}
        </Button>
        {demonstrated ? null : (
          <Button kind="outline" onClick={() => act.add(section.key, demonstration)}>
            {t('add.demonstration')}
          </Button>
        )}
      </p>
    </section>
  );
}

/** Two buttons that move something by one place; they work by keyboard like any other. */
export function Moves({ id, name, onMove }: { id: string; name: string; onMove: (by: -1 | 1) => void }) {
  const t = useMessages(messages);
  return (
    <>
      <Button kind="link" id={`up-${id}`} aria-label={t('up.of', { name })} onClick={() => onMove(-1)}>
        {t('up')}
      </Button>
      <Button kind="link" id={`down-${id}`} aria-label={t('down.of', { name })} onClick={() => onMove(1)}>
        {t('down')}
      </Button>
    </>
  );
}

// The programme's own words for it, in every language: it is asked in all challenges alike.
const ready = {
  label: {
    en: 'How will you demonstrate it?',
    es: '¿Cómo se demostrará?',
    ja: 'どのように実証しますか',
  },
  hint: {
    en: 'The steps of the trial, what is seen after each, and how you will know that it works.',
    es: 'Los pasos de la prueba, qué se verá tras cada uno y cómo se sabrá que funciona.',
    ja: '実証の手順、各段階で確認できること、成否の判断方法。',
  },
};

const demonstration: Partial<FormField> = {
  ...ready,
  kind: 'long',
  required: true,
  demonstration: true,
  maxChars: 2000,
};
