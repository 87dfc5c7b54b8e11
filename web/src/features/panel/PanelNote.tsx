import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { usePanel } from './api';
import { messages } from './messages';

/** The way from an entry to its jury, once the jury is shown. */
export default function PanelNote({ entry }: { entry: string }) {
  const t = useMessages(messages);
  const panel = usePanel(entry).data;
  if (!panel || panel.jurors.length === 0) return null;
  const way = (
    <p>
      <LinkButton href={`/my/entries/${entry}/panel`} kind="outline">
        {t('note.see')}
      </LinkButton>
    </p>
  );
  if (panel.state !== 'open') return way;
  return (
    <Notice title={t('note')}>
      <p>{t('note.text')}</p>
      {way}
    </Notice>
  );
}
