import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { zoneName } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { serverNow } from '~/lib/clock';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Authoring, keepAuthoring, type Managed, refresh, useAuthoring } from './api';
import { messages } from './messages';

/** The moment at which an approved challenge publishes itself: set, changed, taken back. */
export function Schedule({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  const { data } = useAuthoring(challenge.id);
  if (!data || challenge.state !== 'approved' || !challenge.allowedActions.includes('challenge.publish')) {
    return null;
  }
  const cancel = async () => {
    const path = { params: { path: { id: challenge.id } } };
    try {
      await keepAuthoring(await ok(api.DELETE('/manage/challenges/{id}/schedule', path)));
      showToast(t('schedule.cancelled'));
    } catch (failure) {
      // It may have been published a moment ago.
      showToast(failure instanceof ProblemError ? failure.message : t('schedule.cancel.failed'));
      await refresh(challenge.id);
    }
  };
  return (
    <>
      {data.publishAt ? (
        <Notice title={t('schedule.set')}>
          <p>
            <When at={data.publishAt} zone={challenge.timeZone} />
            {data.publishBy ? ` ${t('schedule.by', { name: data.publishBy })}` : ''}
          </p>
          <p class="actions">
            <Button kind="outline" onClick={() => setOpen(true)}>
              {t('schedule.change')}
            </Button>
            <Button kind="link" onClick={cancel}>
              {t('schedule.cancel')}
            </Button>
          </p>
        </Notice>
      ) : (
        <p>
          <Button kind="outline" onClick={() => setOpen(true)}>
            {t('schedule.plan')}
          </Button>
        </p>
      )}
      <Dialog open={open} onClose={() => setOpen(false)} title={t('schedule.title')}>
        <Moment challenge={challenge} authoring={data} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

type Props = { challenge: Managed; authoring: Authoring; onDone: () => void };

function Moment({ challenge, authoring, onDone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const zone = challenge.timeZone;
  const lead = challenge.cities[0];
  const tomorrow = new Date(serverNow().getTime() + 24 * 3_600_000);
  const initial = toLocal(authoring.publishAt ?? tomorrow.toISOString(), zone);
  const form = useForm({
    id: `schedule-${challenge.id}`,
    initial: { at: authoring.publishAt ? initial : `${initial.slice(0, 11)}09:00` },
    failed: t('schedule.failed'),
    check: (v) => ({ at: v.at ? undefined : t('settings.date.missing') }),
    submit: async (v) => {
      const saved = api.PUT('/manage/challenges/{id}/schedule', {
        params: { path: { id: challenge.id } },
        body: { at: fromLocal(v.at, zone) },
      });
      await keepAuthoring(await ok(saved));
      showToast(t('schedule.saved'));
      onDone();
    },
  });
  const chosen = form.values.at ? new Date(fromLocal(form.values.at, zone)) : tomorrow;
  return (
    <Form form={form}>
      <p>{t('schedule.text')}</p>
      <TextInput
        {...form.field('at')}
        type="datetime-local"
        short
        label={t('schedule.at')}
        hint={t('schedule.zone', {
          city: lead ? textIn(lead.name, language).text : zone,
          zone: zoneName(chosen, zone),
        })}
      />
      <div class="actions">
        <SubmitButton busy={form.busy}>{t('schedule.save')}</SubmitButton>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </Form>
  );
}
