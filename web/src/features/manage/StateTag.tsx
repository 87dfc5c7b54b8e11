import type { Tone } from '~/components/Notice';
import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import type { State } from './api';
import { messages } from './messages';

const tones: Partial<Record<State, Tone>> = {
  returned: 'warning',
  sent: 'info',
  approved: 'info',
  published: 'success',
};

/** Where the authoring stands. */
export function StateTag({ state }: { state: State }) {
  const t = useMessages(messages);
  return <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>;
}
