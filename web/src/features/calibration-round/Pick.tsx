import { api, idempotencyKey, ok } from '~/api/client';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Calibration, entryName, refresh } from './api';
import { messages } from './messages';

/** Picks the two entries, two of them suggested, and opens the round. */
export function Pick({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  const suggested = round.choices.filter((each) => each.suggested).map((each) => each.entry.entryId);
  const form = useForm({
    id: `calibration-pick-${round.challengeId}`,
    initial: { entryIds: suggested },
    failed: t('failed'),
    check: (v) => ({ entryIds: v.entryIds.length === 2 ? undefined : t('pick.two') }),
    submit: async (v, key) => {
      await ok(
        api.POST('/manage/challenges/{id}/calibration', {
          params: { path: { id: round.challengeId } },
          headers: idempotencyKey(key),
          body: { entryIds: v.entryIds },
        }),
      );
      await refresh();
      showToast(t('opened'));
    },
  });
  return (
    <section class="section" aria-labelledby="pick">
      <h2 id="pick">{t('pick')}</h2>
      <p class="prose">{t('pick.text')}</p>
      <Form form={form}>
        <CheckboxGroup
          {...form.list('entryIds')}
          label={t('pick.list')}
          hint={t('pick.hint')}
          bare
          options={round.choices.map((each) => ({
            value: each.entry.entryId,
            label: entryName(each.entry),
            hint: t('pick.conflicts', { n: each.conflicts }),
          }))}
        />
        <SubmitButton busy={form.busy}>{t('pick.submit')}</SubmitButton>
      </Form>
    </section>
  );
}
