import type { ComponentChildren } from 'preact';
import { SaveStatus } from '~/components/SaveStatus';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import type { KeptState } from './use-kept';

type Props = { state: Pick<KeptState, 'save' | 'kept' | 'keptAll'>; children?: ComponentChildren };

/** What the server has of what was typed, and where the rest is. */
export function KeptStatus({ state, children }: Props) {
  const t = useMessages(messages);
  return (
    <div class="score-status" data-kept={state.keptAll}>
      <SaveStatus save={state.save} />
      {state.kept && state.save.state === 'failed' ? <p class="small">{t('kept')}</p> : null}
      {children}
    </div>
  );
}
