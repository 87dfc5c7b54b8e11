import { useEffect, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { prefixOf } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { saveFile } from '~/lib/save-file';
import type { Entry } from './api';
import { messages } from './messages';

/** Downloads the receipt; while it is being signed it waits and then does. */
export function Receipt({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const [state, setState] = useState<'idle' | 'pending' | 'failed'>('idle');
  const [error, setError] = useState('');

  const fetchIt = async () => {
    try {
      const receipt = await ok(api.GET('/entries/{id}/receipt', { params: { path: { id: entry.id } } }));
      setState('idle');
      saveFile(`${JSON.stringify(receipt)}\n`, `receipt-${entry.reference}.json`);
    } catch (failure) {
      if (failure instanceof ProblemError && failure.code === 'entry.receipt_pending')
        return setState('pending');
      setError(failure instanceof ProblemError ? failure.message : t('failed'));
      setState('failed');
    }
  };

  useEffect(() => {
    if (state !== 'pending') return;
    const timer = setInterval(() => void fetchIt(), 4000);
    return () => clearInterval(timer);
  }, [state]);

  return (
    <div class="stack">
      <p class="actions">
        <Button kind="outline" aria-busy={state === 'pending'} onClick={() => void fetchIt()}>
          {t('receipt.get')}
        </Button>
      </p>
      <p class="small muted">
        {t('receipt.text')}
        <a href={`${prefixOf(useLanguage())}/verify`}>{t('receipt.verify')}</a>
      </p>
      <p role="status" class={state === 'failed' ? 'error-text' : 'small'}>
        {state === 'pending' ? t('receipt.pending') : state === 'failed' ? error : ''}
      </p>
    </div>
  );
}
