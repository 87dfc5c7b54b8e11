import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** On the page of a challenge: that a calibration round counts. */
export default function Said() {
  return <p class="prose">{useMessages(messages)('said')}</p>;
}
