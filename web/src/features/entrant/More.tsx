import { LinkButton } from '~/components/LinkButton';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Ways from the entry to its versions and to paper. */
export function More({ entry }: { entry: string }) {
  const t = useMessages(messages);
  return (
    <p class="actions">
      <LinkButton href={`/my/entries/${entry}/history`} kind="outline">
        {t('more.history')}
      </LinkButton>
      <LinkButton href={`/my/entries/${entry}/print`} kind="outline">
        {t('more.print')}
      </LinkButton>
    </p>
  );
}
