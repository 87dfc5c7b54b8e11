import { CopyButton } from '~/components/CopyButton';
import { Disclosure } from '~/components/Disclosure';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Version } from './api';
import { Changes } from './Changes';
import { messages } from './messages';

type Props = {
  versions: Version[];
  zone: string;
  /** Level of the versions' headings: 2 on a page of their own. */
  level?: 2 | 3;
};

/** Versions, newest first: when, why, and what changed. */
export function VersionList({ versions, zone, level = 2 }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const t = useMessages(messages);
  return (
    <ol class="versions" reversed>
      {versions.map((version, at) => (
        <li key={version.number} id={`v${version.number}`}>
          <div class="marks">
            {at === 0 ? <Tag tone="success">{t('version.inForce')}</Tag> : null}
            {version.kind === 'extended' ? <Tag>{t('version.extended')}</Tag> : null}
          </div>
          <Heading>{t('version.number', { n: version.number })}</Heading>
          <p class="muted">
            <When at={version.at} zone={zone} />
          </p>
          <OneVersion version={version} zone={zone} level={level === 2 ? 3 : 4} />
        </li>
      ))}
    </ol>
  );
}

/** Reason and changes of one version. */
export function OneVersion({
  version,
  zone,
  level = 3,
}: {
  version: Version;
  zone: string;
  level?: 2 | 3 | 4;
}) {
  const Heading = `h${level}` as const;
  const t = useMessages(messages);
  const language = useLanguage();
  const { reason } = version;
  return (
    <div class="version-body">
      {version.kind === 'published' ? <p>{t('version.first')}</p> : null}
      {reason ? (
        <>
          <Heading>{t('version.reason')}</Heading>
          <blockquote class="reason" lang={reason.lang === language ? undefined : reason.lang}>
            {reason.text}
          </blockquote>
        </>
      ) : null}
      {version.changes.length > 0 ? <Changes changes={version.changes} zone={zone} level={level} /> : null}
      <Disclosure summary={t('version.hash')}>
        <p>{t('version.hash.text')}</p>
        <CopyButton value={version.hash} label={t('version.hash')} />
      </Disclosure>
    </div>
  );
}
