import { messages } from '~/app/messages';
import { ownZone, time } from '~/i18n/dates';
import { useMessages } from '~/i18n/use-messages';
import type { SaveState } from '~/lib/use-autosave';

/** "Draft saved 18:02", read out politely; "Not saved" with the way out when it fails. */
export function SaveStatus({ save }: { save: SaveState }) {
  const t = useMessages(messages);
  const words = {
    clean: '',
    waiting: t('save.waiting'),
    saving: t('save.saving'),
    saved: save.savedAt ? t('save.saved', { time: time(save.savedAt, ownZone()) }) : '',
    failed: t('save.failed'),
  };
  return (
    <p class={save.state === 'failed' ? 'save-state error-text' : 'save-state'} role="status">
      {words[save.state]}
    </p>
  );
}
