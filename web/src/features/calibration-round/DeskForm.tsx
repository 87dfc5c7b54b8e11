import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorSummary } from '~/components/ErrorSummary';
import { SaveStatus } from '~/components/SaveStatus';
import { Tabs } from '~/components/Tabs';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { FormErrors } from '~/lib/use-form';
import type { Desk } from './api';
import { EntrySheet } from './EntrySheet';
import { messages } from './messages';
import { useSheets } from './use-sheets';

/** The entries of the round one beside the other, and one act that hands all sheets in. */
export default function DeskForm({ desk }: { desk: Desk }) {
  const t = useMessages(messages);
  const sheets = useSheets(desk);
  const [chosen, choose] = useState(desk.items[0]?.entry.entryId ?? '');
  const [errors, setErrors] = useState<FormErrors>();
  const [asking, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  const item = desk.items.find((each) => each.entry.entryId === chosen) ?? desk.items[0];
  if (!item) return null;

  const fail = (fields: Record<string, string>, message?: string) =>
    setErrors((before) => ({ fields, message, attempt: (before?.attempt ?? 0) + 1 }));
  const lacking = (id: string) => Object.keys(sheets.faults(id)).length > 0;
  const submit = () => {
    const first = desk.items.find(({ entry }) => lacking(entry.entryId));
    if (!first) {
      setErrors(undefined);
      return ask(true);
    }
    choose(first.entry.entryId);
    fail(sheets.faults(first.entry.entryId));
  };
  const handIn = async () => {
    ask(false);
    setBusy(true);
    const refused = await sheets.handIn();
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
        tabs={desk.items.map(({ entry }) => ({
          key: entry.entryId,
          label: entry.reference,
          note: lacking(entry.entryId) ? undefined : t('complete'),
        }))}
      >
        <EntrySheet
          key={item.entry.entryId}
          desk={desk}
          item={item}
          sheets={sheets}
          errors={errors?.fields ?? {}}
        />
      </Tabs>
      <div class="actions">
        <Button type="submit" kind="primary" aria-busy={busy}>
          {t('hand')}
        </Button>
        <SaveStatus save={sheets.save} />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => ask(false)}
        onConfirm={() => void handIn()}
        title={t('hand.confirm')}
        confirm={t('hand')}
      >
        <p>{t('hand.text')}</p>
      </ConfirmDialog>
    </form>
  );
}
