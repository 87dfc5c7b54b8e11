import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** First stop of the Tab key: past the header. */
export function SkipLink() {
  const t = useMessages(messages);
  return (
    <a class="skip-link" href="#main">
      {t('skip')}
    </a>
  );
}
