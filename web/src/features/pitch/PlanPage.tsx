import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { Checkbox } from '~/components/Checkbox';
import { ErrorSummary } from '~/components/ErrorSummary';
import { idOf } from '~/components/Field';
import { languageTabs } from '~/components/language-tabs';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { Tabs } from '~/components/Tabs';
import { TextInput } from '~/components/TextInput';
import { CriterionFields } from '~/features/manage/CriterionFields';
import '~/features/manage/manage.css';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { partName } from '~/features/overtaken/part-name';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { refused } from '~/lib/refused';
import { showToast } from '~/lib/toast';
import { type Standing, useDraft } from '~/lib/use-draft';
import type { FormErrors } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type Criterion, type Plan, planAgain, savePlan, usePlan } from './api';
import { messages } from './messages';
import { RulesView } from './RulesView';

/** The host says, before opening, whether there is a pitch round and by what rules. */
export default function PlanPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <QueryView query={usePlan(params.id ?? '')} page>
      {(plan) => {
        const title = textIn(plan.title, language, plan.language);
        return (
          <Page
            narrow
            title={t('plan.title')}
            documentTitle={`${t('plan.title')} · ${title.text}`}
            above={
              <Link href={`/manage/challenges/${plan.challengeId}`} lang={title.lang}>
                {title.text}
              </Link>
            }
            lead={<p>{t('plan.lead')}</p>}
          >
            {plan.allowedActions.includes('challenge.edit') ? (
              <Editor plan={plan} />
            ) : (
              <>
                <Notice>{t(plan.fixed ? 'plan.fixed' : 'plan.others')}</Notice>
                {plan.held ? <RulesView rules={plan} /> : <p>{t('plan.none')}</p>}
              </>
            )}
          </Page>
        );
      }}
    </QueryView>
  );
}

type Draft = { held: boolean; invited: number; share: number; criteria: Criterion[] };

const standing = ({ held, invited, share, criteria, version }: Plan): Standing<Draft> => ({
  value: { held, invited, share, criteria },
  version,
});

const whole = (value: string) => Math.trunc(Number(value)) || 0;

function Editor({ plan }: { plan: Plan }) {
  const t = useMessages(messages);
  const editor = useDraft(`pitch-${plan.challengeId}`, standing(plan));
  const { draft, setDraft } = editor;
  const [lang, setLang] = useState<Language>(plan.language);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>();
  const fields = errors?.fields ?? {};
  const sum = draft.criteria.reduce((total, each) => total + each.weight, 0);
  const change = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));
  const edit = (at: number, next: Partial<Criterion>) =>
    change({ criteria: draft.criteria.map((each, n) => (n === at ? { ...each, ...next } : each)) });
  const add = () =>
    change({
      criteria: [
        ...draft.criteria,
        {
          key: `pitch-${crypto.randomUUID().slice(0, 8)}`,
          weight: Math.max(0, 100 - sum),
          lowest: 0,
          highest: 5,
          name: {},
          description: {},
          anchors: Array.from({ length: 6 }, () => ({})),
        },
      ],
    });

  const save = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const saved = await editor.save(
        async (value, version) => standing(await savePlan(plan.challengeId, version, value)),
        async () => standing(await planAgain(plan.challengeId)),
      );
      setErrors(undefined);
      if (saved) showToast(t('plan.saved'));
    } catch (error) {
      setErrors((before) => refused(error, before, t('failed')));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {editor.overtaken ? (
        <Overtaken
          found={editor.overtaken}
          nameOf={([part]) => partName([t(`part.${part as keyof Draft}`)], undefined)}
          onTake={editor.take}
        />
      ) : null}
      {errors ? <ErrorSummary {...errors} /> : null}
      <Checkbox
        name="held"
        label={t('plan.held')}
        hint={t('plan.held.hint')}
        bare
        checked={draft.held}
        onChecked={(held) => change({ held })}
        error={fields.held}
      />
      {draft.held ? (
        <>
          <TextInput
            name="invited"
            label={t('plan.invited')}
            type="number"
            min="1"
            max="50"
            short
            value={String(draft.invited)}
            onValue={(value) => change({ invited: whole(value) })}
            error={fields.invited}
          />
          <TextInput
            name="share"
            label={t('plan.share')}
            hint={t('plan.share.hint', { rest: 100 - draft.share })}
            type="number"
            min="1"
            max="100"
            short
            value={String(draft.share)}
            onValue={(value) => change({ share: whole(value) })}
            error={fields.share}
          />
          <section class="stack" aria-labelledby={idOf('criteria')}>
            <h2 id={idOf('criteria')} tabIndex={-1}>
              {t('criteria')}
            </h2>
            {fields.criteria ? <p class="error-text">{fields.criteria}</p> : null}
            {draft.criteria.length > 0 ? (
              <Tabs
                label={t('plan.language')}
                tabs={languageTabs((each) => (each === plan.language ? t('plan.original') : undefined))}
                chosen={lang}
                onChoose={(each) => setLang(each as Language)}
              >
                <div class="stack">
                  {draft.criteria.map((criterion, at) => (
                    <CriterionFields
                      key={criterion.key}
                      at={at}
                      lang={lang}
                      source={plan.language}
                      criterion={criterion}
                      errors={fields}
                      onChange={(next) => edit(at, next)}
                      onRemove={() => change({ criteria: draft.criteria.filter((_, n) => n !== at) })}
                    />
                  ))}
                </div>
              </Tabs>
            ) : (
              <p class="muted">{t('plan.criteria.none')}</p>
            )}
            <p>
              <Button kind="outline" onClick={add}>
                {t('plan.criteria.add')}
              </Button>
            </p>
            <Sum sum={sum} any={draft.criteria.length > 0} />
          </section>
        </>
      ) : null}
      <SubmitButton busy={busy}>{t('save')}</SubmitButton>
      <p class="small muted" role="status">
        {editor.unsaved ? t('unsaved') : ''}
      </p>
    </form>
  );
}

/** What the weights add up to. */
function Sum({ sum, any }: { sum: number; any: boolean }) {
  const t = useMessages(messages);
  if (!any) return null;
  return (
    <p role="status" class={sum === 100 ? undefined : 'error-text'}>
      {t(sum === 100 ? 'plan.sum' : 'plan.sum.wrong', { sum })}
    </p>
  );
}
