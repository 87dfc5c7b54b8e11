import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorSummary } from '~/components/ErrorSummary';
import { Notice } from '~/components/Notice';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { FormErrors } from '~/lib/use-form';
import { type Decision, decide, type Outcome, saveDecision } from './api';
import { type Choice, choicesOf, draftOf, nextPlace, renamed } from './choices';
import { EntryChoice } from './EntryChoice';
import { messages } from './messages';

const labels = {
  outcome: 'outcome',
  place: 'place',
  slot: 'slot',
  prize: 'prize',
  reason: 'reason',
  feedback: 'feedback',
} as const;

type Props = { decision: Decision; onReload: () => void };

/** The draft of the decision, entry by entry in the jury's order. */
export function DecisionForm({ decision, onReload }: Props) {
  const t = useMessages(messages);
  const [choices, setChoices] = useState(() => choicesOf(decision));
  const [language, setLanguage] = useState<Language>(decision.language);
  const [errors, setErrors] = useState<FormErrors>();
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  const change = (entry: string, part: Partial<Choice>) => {
    setChoices((before) => {
      const old = before[entry];
      if (!old) return before;
      const next = { ...old, ...part };
      const moved = part.outcome !== undefined && part.outcome !== old.outcome;
      // A fresh winner or reserve stands behind the others until somebody says otherwise.
      if (moved)
        next.place = part.outcome === 'not_selected' ? '' : nextPlace(before, part.outcome as Outcome);
      return { ...before, [entry]: next };
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
    if (failure instanceof ProblemError && failure.status === 412) return setStale(true);
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
    const { draft, order } = draftOf(choices, language);
    try {
      const saved = await saveDecision(decision, draft);
      setErrors(undefined);
      await then(saved);
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
      scrollTo(0, 0);
    });
  };
  const reload = async () => {
    await queries.invalidateQueries({ queryKey: ['decision', decision.challengeId] });
    onReload();
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
      {stale ? (
        <Notice tone="warning" title={t('stale')} live>
          <p>{t('stale.text')}</p>
          <p>
            <Button onClick={() => void reload()}>{t('stale.load')}</Button>
          </p>
        </Notice>
      ) : null}
      <p class="prose">{t('text')}</p>
      <div class="decide-language">
        <Select
          name="language"
          label={t('language')}
          bare
          value={language}
          onValue={(value) => setLanguage(value as Language)}
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
