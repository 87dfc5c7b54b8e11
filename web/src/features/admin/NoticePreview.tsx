import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { type Notice, useNotice } from './api';
import './admin.css';
import { messages } from './messages';

/** A message as its reader gets it, in the reader's language. */
export function NoticePreview({ notice, onClose }: { notice: Notice | undefined; onClose: () => void }) {
  const t = useMessages(messages);
  return (
    <Dialog open={notice !== undefined} onClose={onClose} title={t('mail.preview.title')}>
      {notice ? <Content id={notice.id} to={notice.email} lang={notice.language} /> : null}
      <div class="actions">
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
    </Dialog>
  );
}

function Content({ id, to, lang }: { id: string; to: string; lang: string }) {
  const t = useMessages(messages);
  const query = useNotice(id);
  return (
    <QueryView query={query}>
      {(detail) => (
        <>
          <dl class="facts">
            <div>
              <dt>{t('mail.to')}</dt>
              <dd>{to}</dd>
            </div>
            <div>
              <dt>{t('mail.subject')}</dt>
              <dd lang={lang}>{detail.subject}</dd>
            </div>
          </dl>
          <div class="mail-text" lang={lang}>
            {detail.text}
          </div>
        </>
      )}
    </QueryView>
  );
}
