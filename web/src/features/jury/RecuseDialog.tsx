import { Dialog } from '~/components/Dialog';
import { Later } from '~/components/Later';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Props = { open: boolean; onClose: () => void; assignment: string; onDone: () => void };

/** Steps back from one entry, because of a conflict found later or without one. */
export function RecuseDialog({ open, onClose, assignment, onDone }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog open={open} onClose={onClose} title={t('recuse')}>
      <p>{t('recuse.text')}</p>
      {open ? (
        <Later load={() => import('./RecuseForm')} messages={[messages]} props={{ assignment, onDone }} />
      ) : null}
    </Dialog>
  );
}
