import { Checkbox } from '~/components/Checkbox';
import { Dialog } from '~/components/Dialog';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Props = { open: boolean; onClose: () => void; on: boolean; onSwitch: (on: boolean) => void };

/** Lists the keys and turns them off. */
export function KeysDialog({ open, onClose, on, onSwitch }: Props) {
  const t = useMessages(messages);
  const rows = [
    ['0 – 5', t('keys.digit')],
    ['n', t('keys.skip')],
    ['j', t('keys.next')],
    ['k', t('keys.previous')],
    [t('submit.key'), t('keys.submit')],
    ['?', t('keys.help')],
  ] as const;
  return (
    <Dialog open={open} onClose={onClose} title={t('keys')}>
      <dl class="keys">
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        name="keys"
        label={t('keys.on')}
        hint={t('keys.on.hint')}
        bare
        checked={on}
        onChecked={onSwitch}
      />
    </Dialog>
  );
}
