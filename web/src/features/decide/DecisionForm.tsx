import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorSummary } from '~/components/ErrorSummary';
import { Notice } from '~/components/Notice';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { partName } from '~/features/overtaken/part-name';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import { showToast } from '~/lib/toast';
import { type Standing, useDraft } from '~/lib/use-draft';
import type { FormErrors } from '~/lib/use-form';
import { type Decision, decide, type Outcome, readDecision, saveDecision } from './api';
import { type Choice, type Choices, choicesOf, draftOf, nextPlace, renamed } from './choices';
import { EntryChoice, slotName } from './EntryChoice';
import { messages } from './messages';

const labels = {
  outcome: 'outcome',
  place: 'place',
  slot: 'slot',
  prize: 'prize',
  reason: 'reason',
  feedback: 'feedback',
} as const;

/** What is written: the choices, and the language of their texts. */
type Written = { language: Language; choices: Choices };

const standing = (decision: Decision): Standing<Written> => ({
  value: { language: decision.language, choices: choicesOf(decision) },
  version: decision.version,
});

/** The draft of the decision, entry by entry in the jury's order; kept for the tab, joined with what others save. */
export function DecisionForm({ decision }: { decision: Decision }) {
  const t = useMessages(messages);
  const page = useLanguage();
  const editor = useDraft<Written>(`decision-${decision.challengeId}`, standing(decision));
  const { language, choices } = editor.draft;
  const [errors, setErrors] = useState<FormErrors>();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  const change = (entry: string, part: Partial<Choice>) => {
    editor.setDraft((before) => {
      const old = before.choices[entry];
      if (!old) return before;
      const next = { ...old, ...part };
      const moved = part.outcome !== undefined && part.outcome !== old.outcome;
      // A fresh winner or reserve stands behind the others until somebody says otherwise.
      if (moved)
        next.place =
          part.outcome === 'not_selected' ? '' : nextPlace(before.choices, part.outcome as Outcome);
      return { ...before, choices: { ...before.choices, [entry]: next } };
    });
  };
  /** Which entry and which field: the summary lists many that lack the same. */
  const named = (fields: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, text]) => {
        const row = decision.rows.find((each) => name.startsWith(`${each.entryId}-`));
        const field = row ? name.slice(row.entryId.length + 1) : '';
        const label = field in labels ? t(labels[field as keyof typeof labels]) : '';
        return [name, row && label ? t('error.at', { entry: row.reference, field: label, text }) : text];
      }),
    );
  const refuse = (failure: unknown, order: string[]) => {
    const problem = failure instanceof ProblemError ? failure : undefined;
    if (!problem) console.error(failure);
    const fields = named(renamed(problem?.fields ?? {}, order));
    setErrors((before) => ({
      fields,
      message: Object.keys(fields).length > 0 ? undefined : (problem?.message ?? t('failed')),
      requestId: Object.keys(fields).length > 0 ? undefined : problem?.requestId,
      attempt: (before?.attempt ?? 0) + 1,
    }));
  };
  const run = async (then: (saved: Decision) => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    let order: string[] = [];
    let saved: Decision | undefined;
    const send = async (value: Written, version: number | string) => {
      const sent = draftOf(value.choices, value.language);
      order = sent.order;
      saved = await saveDecision(decision.challengeId, version, sent.draft);
      return standing(saved);
    };
    try {
      const done = await editor.save(send, async () => standing(await readDecision(decision.challengeId)));
      setErrors(undefined);
      if (done && saved) await then(saved);
    } catch (failure) {
      refuse(failure, order);
    } finally {
      setBusy(false);
    }
  };
  const save = () => run(async () => showToast(t('saved')));
  const make = () => {
    setAsking(false);
    return run(async (saved) => {
      await decide(saved);
      showToast(t('decided.toast'));
      // The button that was pressed is gone with the form.
      document.querySelector('h1')?.focus();
    });
  };
  const nameOf = ([part, entry, field]: Path) => {
    const row = decision.rows.find((each) => each.entryId === entry);
    if (part === 'language' || !row) return partName([t('language')]);
    const label = field !== undefined && field in labels ? t(labels[field as keyof typeof labels]) : '';
    return partName([`${row.reference} ${row.teamName}`, label]);
  };
  const say = (value: unknown, [part, , field]: Path) => {
    if (part === 'language') return languageNames[value as Language];
    if (field === 'outcome') return t(`outcome.${value as Outcome}`);
    if (field === 'prize') {
      const prize = decision.prizes.find((each) => each.id === value);
      return prize && textIn(prize.text, page).text;
    }
    const slot = field === 'slot' ? decision.slots.find((each) => each.id === value) : undefined;
    return slot && slotName(slot, page);
  };

  const winners = Object.values(choices).filter((each) => each.outcome === 'winner').length;
  return (
    <form
      class="stack"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {errors ? <ErrorSummary {...errors} /> : null}
      {editor.overtaken ? (
        <Overtaken found={editor.overtaken} nameOf={nameOf} say={say} onTake={editor.take} />
      ) : null}
      <h2>{t('yours')}</h2>
      <p class="prose">{t(decision.rows.some((row) => row.recommended) ? 'text.recommended' : 'text')}</p>
      <div class="decide-language">
        <Select
          name="language"
          label={t('language')}
          bare
          value={language}
          onValue={(value) => editor.setDraft((before) => ({ ...before, language: value as Language }))}
          options={languages.map((each) => ({ value: each, label: languageNames[each], lang: each }))}
        />
      </div>
      {decision.slots.length === 0 ? <Notice tone="warning">{t('slots.none')}</Notice> : null}
      <ol class="decide-list">
        {decision.rows.map((row) => {
          const choice = choices[row.entryId];
          return choice ? (
            <li key={row.entryId}>
              <EntryChoice
                row={row}
                choice={choice}
                decision={decision}
                language={language}
                errors={errors?.fields ?? {}}
                onChange={(part) => change(row.entryId, part)}
              />
            </li>
          ) : null;
        })}
      </ol>
      <div class="actions">
        <SubmitButton busy={busy}>{t('save')}</SubmitButton>
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t('decide')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void make()}
        title={t('decide.confirm')}
        confirm={t('decide')}
        danger
      >
        <p>{t('decide.confirm.text', { n: winners })}</p>
      </ConfirmDialog>
    </form>
  );
}
