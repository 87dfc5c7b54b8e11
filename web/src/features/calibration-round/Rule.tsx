import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Calibration, refresh } from './api';
import { messages } from './messages';

/** Whether the scores count: a choice until the challenge opens, a sentence afterwards. */
export function Rule({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="rule">
      <h2 id="rule">{t('rule')}</h2>
      {round.allowedActions.includes('calibration.settle') ? (
        <>
          <p class="prose">
            {t('rule.until')}
            <When at={round.opensAt} zone={round.timeZone} short />
          </p>
          <RuleForm round={round} />
        </>
      ) : (
        <p class="prose">{t(round.counts ? 'rule.fixed.yes' : 'rule.fixed.no')}</p>
      )}
    </section>
  );
}

function RuleForm({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `calibration-rule-${round.challengeId}`,
    initial: { counts: round.counts ? 'yes' : 'no' },
    failed: t('failed'),
    submit: async (v) => {
      await ok(
        api.PUT('/manage/challenges/{id}/calibration/rule', {
          params: { path: { id: round.challengeId } },
          body: { counts: v.counts === 'yes' },
        }),
      );
      await refresh();
      showToast(t('rule.saved'));
    },
  });
  return (
    <Form form={form}>
      <RadioGroup
        {...form.field('counts')}
        label={t('rule')}
        bare
        options={[
          { value: 'no', label: t('rule.no'), hint: t('rule.no.hint') },
          { value: 'yes', label: t('rule.yes'), hint: t('rule.yes.hint') },
        ]}
      />
      <SubmitButton busy={form.busy}>{t('rule.submit')}</SubmitButton>
    </Form>
  );
}
