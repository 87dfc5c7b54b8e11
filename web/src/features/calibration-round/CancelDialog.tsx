import { api, ok } from '~/api/client';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { refresh } from './api';
import { messages } from './messages';
import { ReasonDialog } from './ReasonDialog';

type Props = { open: boolean; onClose: () => void; challenge: string };

/** Calls the round off, with a reason that stays. */
export function CancelDialog({ open, onClose, challenge }: Props) {
  const t = useMessages(messages);
  return (
    <ReasonDialog
      open={open}
      onClose={onClose}
      id={`calibration-cancel-${challenge}`}
      title={t('cancel')}
      text={t('cancel.text')}
      hint={t('cancel.reason.hint')}
      submit={t('cancel')}
      onReason={async (reason) => {
        await ok(
          api.POST('/manage/challenges/{id}/calibration/cancel', {
            params: { path: { id: challenge } },
            body: { reason },
          }),
        );
        onClose();
        await refresh();
        showToast(t('cancelled'));
      }}
    />
  );
}
