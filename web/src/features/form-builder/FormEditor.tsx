import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { confirmDialog } from '~/components/confirm-later';
import { ErrorSummary } from '~/components/ErrorSummary';
import { idOf } from '~/components/Field';
import { Later } from '~/components/Later';
import { languageTabs } from '~/components/language-tabs';
import { Notice } from '~/components/Notice';
import { SubmitButton } from '~/components/SubmitButton';
import { Tabs } from '~/components/Tabs';
import { Overtaken } from '~/features/overtaken/Overtaken';
import type { Language } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { refused } from '~/lib/refused';
import { showToast } from '~/lib/toast';
import { type Standing, useDraft } from '~/lib/use-draft';
import type { FormErrors } from '~/lib/use-form';
import { readForm, saveForm } from './api';
import {
  addField,
  addSection,
  changeField,
  changeSection,
  type Draft,
  draftOf,
  duplicateField,
  type FormDraft,
  moveField,
  moveSection,
  removeField,
  removeSection,
} from './draft';
import { useFieldNames } from './field-names';
import { messages } from './messages';
import { Preview } from './Preview';
import { type Acts, type Leaving, SectionCard } from './SectionCard';

/** The questions with their sections, and the live preview beside them. */
export function FormEditor({ form }: { form: FormDraft }) {
  const t = useMessages(messages);
  const names = useFieldNames();
  const editor = useDraft<Draft>(`form-${form.challengeId}`, standing(form));
  const { draft, setDraft, overtaken } = editor;
  const [lang, setLang] = useState<Language>(form.language);
  const [open, setOpen] = useState('');
  const [leaving, setLeaving] = useState<Leaving>();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>();
  const focus = useFocusNext();

  const save = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const saved = await editor.save(
        async (sent, version) => standing(await saveForm(form.challengeId, version, sent)),
        async () => standing(await readForm(form.challengeId)),
      );
      setErrors(undefined);
      if (saved) showToast(t('saved'));
    } catch (error) {
      // What is missing is missing in the language that counts: its texts are put in front.
      setLang(form.language);
      setErrors((before) => refused(error, before, t('failed')));
    } finally {
      setBusy(false);
    }
  };
  const act: Acts = {
    change: (key: string, part: Parameters<typeof changeField>[2]) =>
      setDraft((before) => changeField(before, key, part)),
    label: (key: string, label: Parameters<typeof changeSection>[2]) =>
      setDraft((before) => changeSection(before, key, label)),
    add: (section: string, part?: Parameters<typeof addField>[2]) => {
      const [next, key] = addField(draft, section, part);
      setDraft(next);
      setOpen(key);
      focus(idOf(`fields.${next.fields.findIndex((each) => each.key === key)}.label.${lang}`));
    },
    duplicate: (key: string) => {
      const [next, copy] = duplicateField(draft, key);
      setDraft(next);
      setOpen(copy);
      focus(idOf(`fields.${next.fields.findIndex((each) => each.key === copy)}.label.${lang}`));
    },
    move: (key: string, by: -1 | 1, name: string) => {
      const next = moveField(draft, key, by);
      if (!next) return announce(t('move.end', { name }));
      setDraft(next);
      const at = next.fields.findIndex((each) => each.key === key);
      announce(t('moved', { name, n: at + 1, of: next.fields.length }));
      focus(`${by < 0 ? 'up' : 'down'}-${key}`);
    },
    moveSection: (key: string, by: -1 | 1, name: string) => {
      const next = moveSection(draft, key, by);
      if (!next) return announce(t('move.end', { name }));
      setDraft(next);
      const at = next.sections.findIndex((each) => each.key === key);
      announce(t('moved', { name, n: at + 1, of: next.sections.length }));
      focus(`${by < 0 ? 'up' : 'down'}-${key}`);
    },
    leave: setLeaving,
    toggle: (key: string) => setOpen((before) => (before === key ? '' : key)),
  };
  const remove = () => {
    if (!leaving) return;
    const { kind, key, name } = leaving;
    setDraft((before) => (kind === 'field' ? removeField(before, key) : removeSection(before, key)));
    setLeaving(undefined);
    announce(t('removed', { name }));
    focus('add-section');
  };

  return (
    <div class="builder">
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {overtaken ? (
          <Overtaken
            found={overtaken}
            nameOf={(path) => names.nameOf(path, draft)}
            say={names.say}
            onTake={editor.take}
          />
        ) : null}
        {errors ? <ErrorSummary {...errors} /> : null}
        {form.entries > 0 ? (
          <Notice title={t('entries', { n: form.entries })}>{t('entries.text')}</Notice>
        ) : null}
        <Tabs
          label={t('language')}
          tabs={languageTabs((each) => (each === form.language ? t('original') : undefined))}
          chosen={lang}
          onChoose={(each) => setLang(each as Language)}
        >
          <div class="stack">
            {draft.sections.map((section, at) => (
              <SectionCard
                key={section.key}
                at={at}
                section={section}
                draft={draft}
                form={form}
                lang={lang}
                open={open}
                errors={errors?.fields ?? {}}
                act={act}
              />
            ))}
          </div>
        </Tabs>
        <p>
          <Button
            id="add-section"
            kind="outline"
            onClick={() => {
              const [next] = addSection(draft);
              setDraft(next);
              focus(idOf(`sections.${next.sections.length - 1}.label.${lang}`));
            }}
          >
            {t('section.add')}
          </Button>
        </p>
        <div class="builder-save">
          <SubmitButton busy={busy}>{t('save')}</SubmitButton>
          <span class="small muted" role="status">
            {editor.unsaved ? t('unsaved') : ''}
          </span>
        </div>
      </form>
      <Preview form={form} draft={draft} reading={lang} open={open} />
      <Later
        load={confirmDialog}
        messages={[]}
        props={{
          open: leaving !== undefined,
          onClose: () => setLeaving(undefined),
          onConfirm: remove,
          title: t(`remove.${leaving?.kind ?? 'field'}`, { name: leaving?.name ?? '' }),
          confirm: t('remove'),
          danger: true,
          children: <p>{t(form.entries > 0 ? 'remove.answered' : 'remove.text')}</p>,
        }}
      />
    </div>
  );
}

const standing = (form: FormDraft): Standing<Draft> => ({ value: draftOf(form), version: form.version });

/** Puts the focus on an element that the next drawing brings, or moves: moved elements lose it. */
function useFocusNext(): (id: string) => void {
  const next = useRef('');
  useLayoutEffect(() => {
    if (!next.current) return;
    document.getElementById(next.current)?.focus();
    next.current = '';
  });
  const [, draw] = useState(0);
  return (id) => {
    next.current = id;
    draw((n) => n + 1);
  };
}
