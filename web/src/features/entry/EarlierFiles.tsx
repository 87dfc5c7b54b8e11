import { Button } from '~/components/Button';
import { Disclosure } from '~/components/Disclosure';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { EntryFile } from './api';
import { messages } from './messages';

/** Earlier versions of a field's file, kept until the entry is submitted without them. */
export function EarlierFiles({
  files,
  onRestore,
}: {
  files: EntryFile[];
  onRestore?: (file: EntryFile) => void;
}) {
  const t = useMessages(messages);
  if (files.length === 0) return null;
  return (
    <Disclosure summary={t('versions.title', { n: files.length })}>
      <ul class="stack">
        {files.map((file) => (
          <li key={file.id}>
            <bdi class="entry-file-name">{file.name}</bdi> <When at={file.createdAt} short />{' '}
            {file.sent ? <Tag tone="info">{t('versions.sent')}</Tag> : null}{' '}
            {onRestore ? (
              <Button kind="outline" onClick={() => onRestore(file)}>
                {t('versions.restore')}
                <span class="visually-hidden"> {file.name}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
