import { useQuery } from '@tanstack/preact-query';
import { useRef } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { QueryView } from '~/components/QueryView';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { along, type JuryFile } from './api';
import { messages } from './messages';
import { oneDecimal } from './total';

/** A short-lived address of a file. */
export type FileLink = (
  file: string,
  disposition: 'view' | 'download',
) => Promise<{ url: string; scanned: boolean }>;
type Props = { assignment: string; file: JuryFile; link?: FileLink | undefined };

/** A file beside the scores: PDF in a frame, video and image as they are. Others are downloaded. */
export function FileView({ assignment, file, link = linkOf(assignment) }: Props) {
  const t = useMessages(messages);
  if (file.state !== 'clean' && file.state !== 'not_scanned') {
    return <Notice tone="warning">{t(`file.${file.state}`)}</Notice>;
  }
  return <Opened assignment={assignment} file={file} link={link} />;
}

const linkOf =
  (assignment: string): FileLink =>
  (file, disposition) =>
    ok(
      api.POST('/jury/assignments/{id}/files/{fileId}/link', {
        params: { path: { id: assignment, fileId: file }, query: { disposition } },
      }),
    );

function Opened({ assignment, file, link }: Props & { link: FileLink }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['jury', 'link', assignment, file.id],
    queryFn: async () => {
      try {
        return await link(file.id, 'view');
      } catch (failure) {
        const kept = await (await along()).keptFile(file.id).catch(() => undefined);
        if (!kept) throw failure;
        return { url: kept, scanned: file.state === 'clean' };
      }
    },
    gcTime: 0,
    // A new address would load the file anew; it is renewed when the player asks for it.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const label = textIn(file.label, language);
  const title = file.name ? `${label.text}: ${file.name}` : label.text;
  const download = async () => {
    location.assign((await link(file.id, 'download')).url);
  };
  return (
    <QueryView query={query} loading="l">
      {({ url, scanned }) => (
        <div class="stack">
          {scanned ? null : <Notice tone="warning">{t('file.not_scanned')}</Notice>}
          {file.mediaType === 'application/pdf' ? (
            <iframe class="cockpit-viewer" src={url} title={title} />
          ) : file.mediaType.startsWith('video/') ? (
            <Player url={url} title={title} renew={() => query.refetch()} />
          ) : file.mediaType.startsWith('image/') ? (
            <img class="cockpit-viewer-image" src={url} alt={title} />
          ) : null}
          <p class="actions">
            <a class="button" href={url} target="_blank" rel="noopener noreferrer">
              {t('file.open')}
            </a>
            <Button onClick={() => void download()}>
              {t('file.download', { size: `${oneDecimal(Math.max(file.size / 1e6, 0.1), language)} MB` })}
            </Button>
          </p>
        </div>
      )}
    </QueryView>
  );
}

/** Addresses last some minutes: a player that loses its own gets a new one and goes on where it was. */
function Player({ url, title, renew }: { url: string; title: string; renew: () => void }) {
  const at = useRef(0);
  const renewed = useRef(0);
  return (
    // biome-ignore lint/a11y/useMediaCaption: entrants bring their own videos, captions are in the picture or absent
    <video
      class="cockpit-viewer-video"
      controls
      preload="metadata"
      src={url}
      aria-label={title}
      onTimeUpdate={(event) => {
        at.current = event.currentTarget.currentTime;
      }}
      onLoadedMetadata={(event) => {
        if (at.current > 0) event.currentTarget.currentTime = at.current;
      }}
      onError={() => {
        if (Date.now() - renewed.current < 10_000) return;
        renewed.current = Date.now();
        renew();
      }}
    />
  );
}
