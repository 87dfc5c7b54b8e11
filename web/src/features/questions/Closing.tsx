import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { zoneName } from '~/i18n/dates';
import { useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Desk, renew } from './api';
import { messages } from './messages';

type Props = { id: string; desk: Desk };

/** Until when questions are taken, and the way to change that. */
export function Closing({ id, desk }: Props) {
  const t = useMessages(messages);
  const [editing, setEditing] = useState(false);
  const over = new Date(desk.serverTime) >= new Date(desk.closesAt);
  return (
    <div class="stack">
      <dl class="facts">
        <div>
          <dt>{t(over ? 'closing.over' : 'closing.until')}</dt>
          <dd>
            <When at={desk.closesAt} zone={desk.timeZone} />
          </dd>
        </div>
      </dl>
      {editing ? <ClosingForm id={id} desk={desk} onClose={() => setEditing(false)} /> : null}
      {!editing && desk.allowedActions.includes('questions.answer') ? (
        <p>
          <Button kind="link" onClick={() => setEditing(true)}>
            {t('closing.change')}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function ClosingForm({ id, desk, onClose }: Props & { onClose: () => void }) {
  const t = useMessages(messages);
  const zone = desk.timeZone;
  const form = useForm({
    id: `question-closing-${id}`,
    initial: { kind: desk.ownClosing ? 'own' : 'default', closesAt: toLocal(desk.closesAt, zone) },
    failed: t('failed'),
    check: (v) => ({ closesAt: v.kind === 'own' && !v.closesAt ? t('closing.missing') : undefined }),
    submit: async (v) => {
      await ok(
        api.PUT('/manage/challenges/{id}/question-closing', {
          params: { path: { id } },
          body: { closesAt: v.kind === 'own' ? fromLocal(v.closesAt, zone) : null },
        }),
      );
      await renew(id);
      showToast(t('closing.done'));
      onClose();
    },
  });
  return (
    <Form form={form}>
      <RadioGroup
        {...form.field('kind')}
        label={t('closing.until')}
        options={[
          { value: 'default', label: t('closing.default') },
          { value: 'own', label: t('closing.own') },
        ]}
      />
      {form.values.kind === 'own' ? (
        <TextInput
          {...form.field('closesAt')}
          type="datetime-local"
          short
          label={t('closing.at')}
          hint={t('closing.zone', { zone: zoneName(new Date(desk.closesAt), zone) })}
        />
      ) : null}
      <div class="actions">
        <SubmitButton busy={form.busy}>{t('closing.save')}</SubmitButton>
        <Button kind="outline" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
