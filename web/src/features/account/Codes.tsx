import { useEffect, useRef } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import './account.css';
import { messages } from './messages';

/** The recovery codes, this once. They take the focus: whoever closes the page has lost them. */
export function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useMessages(messages);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  const copy = () => navigator.clipboard.writeText(codes.join('\n')).then(() => showToast(t('codes.copied')));
  return (
    <section ref={box} class="section" tabIndex={-1} aria-labelledby="codes">
      <Notice tone="warning">
        <h2 id="codes">{t('codes.title')}</h2>
        <p>{t('codes.text')}</p>
        <ul class="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div class="actions">
          <Button kind="primary" onClick={onDone}>
            {t('codes.kept')}
          </Button>
          <Button onClick={copy}>{t('codes.copy')}</Button>
        </div>
      </Notice>
    </section>
  );
}
