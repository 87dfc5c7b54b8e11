import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Tag } from '~/components/Tag';
import { bytes } from '~/features/question/bytes';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { EntryFile } from './api';
import { messages } from './messages';
import { fileTone } from './words';
import './entry.css';

type Props = { file: EntryFile; onReplace?: () => void; onRemove?: () => void };

/** A file that has arrived: its state in words, and what can be done with it. */
export function FileItem({ file, onReplace, onRemove }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [shown, setShown] = useState('');
  const [error, setError] = useState('');
  const openable = file.sha256 !== undefined && file.state !== 'infected' && file.state !== 'refused';
  const waiting = file.state === 'uploading';

  const open = async (disposition: 'view' | 'download') => {
    setError('');
    try {
      const link = await ok(
        api.POST('/files/{id}/link', { params: { path: { id: file.id } }, body: { disposition } }),
      );
      if (disposition === 'view') setShown(link.url);
      else location.assign(link.url);
    } catch (failure) {
      setError(failure instanceof ProblemError ? failure.message : t('failed'));
    }
  };
  const detail = file.state === 'refused' || file.state === 'not_scanned' ? (file.reason ?? '') : '';
  return (
    <div class="entry-file">
      <p>
        <bdi class="entry-file-name">{file.name}</bdi>{' '}
        <span class="small muted nowrap">{bytes(file.size, language)}</span>
      </p>
      <p role="status">
        <Tag tone={fileTone[file.state]}>{t(`file.${file.state}`)}</Tag>{' '}
        <span class="small">
          {detail in reasons
            ? t(reasons[detail as keyof typeof reasons])
            : t(waiting ? 'waiting.text' : `file.${file.state}.text`)}
        </span>
      </p>
      {error ? <p class="error-text">{error}</p> : null}
      <p class="actions">
        {openable ? (
          <>
            <Button kind="outline" onClick={() => open('view')}>
              {t('file.view')}
              <span class="visually-hidden"> {file.name}</span>
            </Button>
            <Button kind="outline" onClick={() => open('download')}>
              {t('file.download')}
              <span class="visually-hidden"> {file.name}</span>
            </Button>
          </>
        ) : null}
        {onReplace ? (
          <Button kind="outline" onClick={onReplace}>
            {t('file.replace')}
            <span class="visually-hidden"> {file.name}</span>
          </Button>
        ) : null}
        {onRemove ? (
          <Button kind="outline" onClick={onRemove}>
            {t('file.remove')}
            <span class="visually-hidden"> {file.name}</span>
          </Button>
        ) : null}
      </p>
      <Dialog open={shown !== ''} onClose={() => setShown('')} title={file.name}>
        <Shown url={shown} file={file} />
        <p>
          <Button kind="outline" onClick={() => setShown('')}>
            {t('close')}
          </Button>
        </p>
      </Dialog>
    </div>
  );
}

const reasons = {
  type_differs: 'file.reason.type_differs',
  size_differs: 'file.reason.size_differs',
  no_scanner: 'file.reason.no_scanner',
  too_large: 'file.reason.too_large',
  limits: 'file.reason.limits',
} as const;

function Shown({ url, file }: { url: string; file: EntryFile }) {
  if (file.type.startsWith('image/')) return <img src={url} alt={file.name} />;
  if (file.type.startsWith('video/')) {
    // biome-ignore lint/a11y/useMediaCaption: the team's own video, as it was given
    return <video src={url} controls />;
  }
  return <iframe class="viewer" src={url} title={file.name} />;
}
