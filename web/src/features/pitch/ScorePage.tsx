import { Link } from 'wouter-preact';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { Declared } from '~/features/jury/Declared';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { useDesk } from './desk';
import { messages } from './messages';
import './pitch.css';
import { ScoreSheet } from './ScoreSheet';

/** A juror's sheets of all pitches, in the order in which they are heard. */
export default function ScorePage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = params.id ?? '';
  return (
    <Declared query={useDesk(id)} challenge={id}>
      {({ desk, person, adopted }) => {
        const title = textIn(desk.title, language, desk.language);
        return (
          <Page
            narrow
            title={t('score.title')}
            documentTitle={`${t('score.title')} · ${title.text}`}
            above={
              <>
                <Link href="/jury">{t('score.back')}</Link>
                <span lang={title.lang}>{title.text}</span>
              </>
            }
            lead={desk.items.length > 0 && !desk.locked ? <p>{t('score.lead')}</p> : undefined}
          >
            {desk.locked ? <Notice tone="success">{t('score.locked')}</Notice> : null}
            {desk.items.length === 0 ? (
              <EmptyState
                title={t('score.none')}
                action={<LinkButton href="/jury">{t('score.back')}</LinkButton>}
              >
                <p>{t('score.none.text')}</p>
              </EmptyState>
            ) : (
              desk.items.map((item) => (
                <ScoreSheet
                  key={item.entryId}
                  desk={desk}
                  item={item}
                  person={person}
                  adopted={adopted[item.entryId]}
                />
              ))
            )}
          </Page>
        );
      }}
    </Declared>
  );
}
