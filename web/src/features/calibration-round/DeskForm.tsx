import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorSummary } from '~/components/ErrorSummary';
import { Tabs } from '~/components/Tabs';
import { KeptStatus } from '~/features/jury/KeptStatus';
import { messages as jury } from '~/features/jury/messages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { FormErrors } from '~/lib/use-form';
import type { Opened } from './api';
import { EntrySheet } from './EntrySheet';
import { messages } from './messages';
import { type SheetState, useSheets } from './use-sheets';

/** The entries of the round one beside the other, and one act that hands all sheets in. */
export default function DeskForm({ opened }: { opened: Opened }) {
  const t = useMessages(messages);
  const words = useMessages(jury);
  const { desk } = opened;
  const { sheets, handIn } = useSheets(opened);
  const [chosen, choose] = useState(desk.items[0]?.entry.entryId ?? '');
  const [errors, setErrors] = useState<FormErrors>();
  const [asking, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  const at = Math.max(
    desk.items.findIndex((each) => each.entry.entryId === chosen),
    0,
  );
  const [item, sheet] = [desk.items[at], sheets[at]];
  if (!item || !sheet) return null;

  const fail = (fields: Record<string, string>, message?: string) =>
    setErrors((before) => ({ fields, message, attempt: (before?.attempt ?? 0) + 1 }));
  const lacks = (each: SheetState) => Object.keys(each.faults()).length > 0;
  const submit = () => {
    const open = sheets.find((each) => each.unsettled());
    const first = open ?? sheets.find(lacks);
    if (!first) {
      setErrors(undefined);
      return ask(true);
    }
    choose(first.entryId);
    if (open) fail({}, words('settle'));
    else fail(first.faults());
  };
  const send = async () => {
    ask(false);
    setBusy(true);
    const refused = await handIn();
    setBusy(false);
    if (refused) fail({}, refused);
    else showToast(t('handed'));
  };
  return (
    <form
      class="section"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      {errors ? <ErrorSummary {...errors} /> : null}
      <Tabs
        label={t('desk.entries')}
        chosen={item.entry.entryId}
        onChoose={(id) => {
          choose(id);
          setErrors(undefined);
        }}
        tabs={desk.items.map(({ entry }, each) => ({
          key: entry.entryId,
          label: entry.reference,
          note: sheets[each] && !lacks(sheets[each]) ? t('complete') : undefined,
        }))}
      >
        <EntrySheet
          key={item.entry.entryId}
          desk={desk}
          item={item}
          sheet={sheet}
          errors={errors?.fields ?? {}}
        />
      </Tabs>
      <div class="actions">
        <Button type="submit" kind="primary" aria-busy={busy}>
          {t('hand')}
        </Button>
        <KeptStatus state={sheet} />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => ask(false)}
        onConfirm={() => void send()}
        title={t('hand.confirm')}
        confirm={t('hand')}
      >
        <p>{t('hand.text')}</p>
      </ConfirmDialog>
    </form>
  );
}
