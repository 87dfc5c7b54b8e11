import type { ComponentChildren } from 'preact';
import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { Button } from './Button';
import { Dialog } from './Dialog';

type Props = {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** What will happen, and whether it can be undone. */
  children?: ComponentChildren;
  /** The deed in words: "Withdraw the entry", never "OK". */
  confirm: string;
  danger?: boolean;
};

/** Asks before a deed that cannot be taken back. The safe answer has the focus. */
export function ConfirmDialog({ open, onClose, onConfirm, title, children, confirm, danger }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      {children}
      <div class="actions">
        <Button onClick={onClose} autofocus>
          {t('cancel')}
        </Button>
        <Button kind={danger ? 'danger' : 'primary'} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
