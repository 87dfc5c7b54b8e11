import { Button } from '~/components/Button';
import type { Tone } from '~/components/Notice';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { languageNames } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import type { Notice, NoticeState } from './api';
import { messages } from './messages';
import { kindName } from './notice-kinds';

const tones: Record<NoticeState, Tone | undefined> = {
  held: 'info',
  queued: 'warning',
  sent: 'success',
  failed: 'danger',
  cancelled: undefined,
};

type Props = {
  notices: Notice[];
  onPreview: (notice: Notice) => void;
  onAct: (notice: Notice, deed: 'retry' | 'cancel') => void;
};

/** One line a message: to whom, about what, where it stands, and what can be done. */
export function NoticeTable({ notices, onPreview, onAct }: Props) {
  const t = useMessages(messages);
  return (
    <Table
      caption={t('mail.title')}
      hideCaption
      rows={notices}
      rowKey={(notice) => notice.id}
      columns={[
        {
          key: 'to',
          title: t('mail.to'),
          heading: true,
          cell: (notice) => (
            <>
              {notice.name ?? notice.email}
              {notice.name ? <div class="small muted">{notice.email}</div> : null}
            </>
          ),
        },
        { key: 'kind', title: t('mail.about'), cell: (notice) => kindName(t, notice.kind) },
        {
          key: 'language',
          title: t('language'),
          cell: (notice) => <span lang={notice.language}>{languageNames[notice.language]}</span>,
        },
        {
          key: 'state',
          title: t('state'),
          cell: (notice) => (
            <>
              <Tag tone={tones[notice.state]}>{t(`notice.${notice.state}`)}</Tag>
              {notice.attempts > 1 ? (
                <div class="small muted">{t('attempts', { n: notice.attempts })}</div>
              ) : null}
              {notice.lastError ? <div class="small">{notice.lastError}</div> : null}
            </>
          ),
        },
        {
          key: 'at',
          title: t('mail.at'),
          cell: (notice) => <When at={notice.sentAt ?? notice.createdAt} short />,
        },
        {
          key: 'actions',
          title: t('actions'),
          cell: (notice) => (
            <div class="actions">
              <Button
                kind="link"
                aria-label={t('mail.preview.label', { to: notice.email })}
                onClick={() => onPreview(notice)}
              >
                {t('mail.preview')}
              </Button>
              {notice.allowedActions.map((deed) => (
                <Button
                  key={deed}
                  kind="link"
                  aria-label={t(`mail.${deed}.label`, { to: notice.email })}
                  onClick={() => onAct(notice, deed)}
                >
                  {t(`mail.${deed}`)}
                </Button>
              ))}
            </div>
          ),
        },
      ]}
    />
  );
}
