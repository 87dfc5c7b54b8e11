import { useEffect, useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { Notice } from '~/components/Notice';
import { ProgressBar } from '~/components/ProgressBar';
import { useMessages } from '~/i18n/use-messages';
import { act, type Overview, type Run, refresh, useRun } from './api';
import { messages } from './messages';
import { Skipped } from './Skipped';

type Props = { overview: Pick<Overview, 'challengeId'>; run: Run; onRun: (run: Run) => void };

/** How far an act on many entries is, what it left alone, and the way back. */
export function RunStatus({ overview, run: begun, onRun }: Props) {
  const t = useMessages(messages);
  const run = useRun(begun).data ?? begun;
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (run.finished && !begun.finished) void refresh();
  }, [run.finished]);
  const undo = async () => {
    if (busy) return;
    setBusy(true);
    try {
      onRun(await act(overview.challengeId, { act: 'undo', runId: run.id }, crypto.randomUUID()));
      await refresh();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Notice live tone={run.finished ? 'success' : 'info'} title={t(`done.${run.act}`, { n: run.done })}>
      {run.finished ? null : (
        <ProgressBar
          label={t('progress')}
          value={run.at}
          max={run.total}
          text={t('progress.text', { n: run.at, of: run.total })}
        />
      )}
      <Skipped skipped={run.skipped} />
      {error ? <ErrorState error={error} /> : null}
      {run.finished && run.canUndo ? (
        <p>
          <Button aria-busy={busy} onClick={undo}>
            {t('undo.run')}
          </Button>
        </p>
      ) : null}
    </Notice>
  );
}
