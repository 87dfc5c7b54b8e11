import { Table } from '~/components/Table';
import { useMessages } from '~/i18n/use-messages';
import type { OpenData } from './api';
import { messages } from './messages';

type Language = OpenData['feeds'][number]['language'];

/** The feeds of open challenges: a row a language, a column a format. */
export function Feeds({ feeds }: { feeds: OpenData['feeds'] }) {
  const t = useMessages(messages);
  const languages = [...new Set(feeds.map((feed) => feed.language))];
  const link = (language: Language, kind: 'json' | 'rss' | 'ics') => {
    const found = feeds.find((feed) => feed.language === language && feed.kind === kind);
    return found ? (
      <a href={found.url}>{t(`feeds.${kind}In`, { language: t(`language.${language}`) })}</a>
    ) : null;
  };
  return (
    <Table
      caption={t('feeds')}
      hideCaption
      columns={[
        { key: 'language', title: t('feeds.language'), heading: true, cell: (l) => t(`language.${l}`) },
        { key: 'rss', title: t('feeds.rss'), cell: (l) => link(l, 'rss') },
        { key: 'json', title: t('feeds.json'), cell: (l) => link(l, 'json') },
        { key: 'ics', title: t('feeds.ics'), cell: (l) => link(l, 'ics') },
      ]}
      rows={languages}
      rowKey={(l) => l}
    />
  );
}
