import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { useMessages } from '~/i18n/use-messages';
import { passkeysWork } from '~/lib/passkey';
import type { Factors } from './api';
import './account.css';
import { messages } from './messages';
import { NewPasskey } from './NewPasskey';
import { PasskeyLine } from './PasskeyLine';

type Props = { factors: Factors; onCodes: (codes: string[]) => void };

/** One's passkeys: add, name, remove. */
export function Passkeys({ factors, onCodes }: Props) {
  const t = useMessages(messages);
  const [adding, setAdding] = useState(false);
  return (
    <section class="section" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('passkeys.title')}</h2>
      <p>{t('passkeys.text')}</p>
      {factors.passkeys.length > 0 ? (
        <ul class="factor-list">
          {factors.passkeys.map((passkey) => (
            <PasskeyLine key={passkey.id} passkey={passkey} required={factors.required} />
          ))}
        </ul>
      ) : null}
      {passkeysWork ? (
        <div class="actions">
          <Button kind="outline" onClick={() => setAdding(true)}>
            {t('passkeys.add')}
          </Button>
        </div>
      ) : (
        <p class="muted">{t('passkeys.cannot')}</p>
      )}
      <Dialog open={adding} onClose={() => setAdding(false)} title={t('passkeys.add')}>
        <NewPasskey
          onDone={(codes) => {
            setAdding(false);
            onCodes(codes);
          }}
        />
      </Dialog>
    </section>
  );
}
