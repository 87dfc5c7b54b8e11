import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { useMessages } from '~/i18n/use-messages';
import { saveFile } from '~/lib/save-file';
import { messages } from './messages';

type Props = { label: string; name: string; fetch: () => Promise<unknown> };

/** Fetches a file of the record and saves it as it came. */
export function FileButton({ label, name, fetch }: Props) {
  const t = useMessages(messages);
  const [state, setState] = useState<'idle' | 'busy'>('idle');
  const [failure, setFailure] = useState('');
  const get = async () => {
    setState('busy');
    setFailure('');
    try {
      saveFile(String(await fetch()), name);
    } catch (error) {
      setFailure(error instanceof ProblemError ? error.message : t('file.failed'));
    }
    setState('idle');
  };
  return (
    <>
      <p class="actions">
        <Button kind="outline" aria-busy={state === 'busy'} onClick={() => void get()}>
          {label}
        </Button>
      </p>
      <p role="status" class="error-text">
        {failure}
      </p>
    </>
  );
}
