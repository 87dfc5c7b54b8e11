import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { type Entry, may } from './api';
import { messages } from './messages';
import { useDeed } from './use-deed';

/** Withdrawing and coming back, while the challenge is open. */
export default function Turns({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const deed = useDeed(entry.id);
  if (!may(entry, 'entry.withdraw')) return null;
  const withdrawn = entry.status === 'withdrawn';
  return (
    <section class="section" aria-labelledby="turn">
      <h2 id="turn">{t(withdrawn ? 'revive.title' : 'withdraw.title')}</h2>
      <p>{t(withdrawn ? 'revive.text' : 'withdraw.text')}</p>
      {deed.error ? <Notice tone="danger" live title={deed.error} /> : null}
      <p>
        {withdrawn ? (
          <Button kind="primary" aria-busy={deed.busy} onClick={() => deed.run('revive', t('revive.done'))}>
            {t('revive.go')}
          </Button>
        ) : (
          <Button kind="outline" aria-busy={deed.busy} onClick={() => setAsking(true)}>
            {t('withdraw.go')}
          </Button>
        )}
      </p>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void deed.run('withdraw', t('withdraw.done'));
        }}
        title={t('withdraw.ask')}
        confirm={t('withdraw.go')}
        danger
      >
        <p>{t('withdraw.text')}</p>
      </ConfirmDialog>
    </section>
  );
}
