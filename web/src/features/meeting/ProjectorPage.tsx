import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { outcomeText, votesText } from './Agenda';
import { type Projector, type Shown, useProjector } from './api';
import './meeting.css';
import { messages } from './messages';
import { points } from './words';

/** What hangs on the wall: nothing that somebody in the room must not see. */
export default function ProjectorPage({ params }: PageProps) {
  return (
    <QueryView query={useProjector(params.id ?? '')} page>
      {(wall) => <Wall wall={wall} />}
    </QueryView>
  );
}

function Wall({ wall }: { wall: Projector }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(wall.title, language);
  return (
    <div class="projector">
      <Page title={t('projector')} lead={<span lang={title.lang}>{title.text}</span>}>
        <p>{t('present', { n: wall.present, of: wall.members, quorum: wall.quorum })}</p>
        {wall.hides ? <p>{t('projector.hides')}</p> : null}
        {wall.state === 'planned' ? <p>{t('projector.planned')}</p> : null}
        {wall.current ? <Current shown={wall.current} /> : null}
        {wall.items.length > 0 ? (
          <Table
            caption={t('agenda.caption')}
            rows={wall.items}
            rowKey={(each) => each.reference}
            columns={[
              { key: 'rank', title: t('rank'), numeric: true, cell: (each) => each.rank ?? '–' },
              {
                key: 'entry',
                title: t('entry'),
                heading: true,
                cell: (each) => `${each.reference} ${each.teamName}`,
              },
              {
                key: 'points',
                title: t('points'),
                numeric: true,
                cell: (each) => (each.official === undefined ? '–' : points(each.official, language)),
              },
              { key: 'made', title: t('recommendation'), cell: (each) => outcomeText(t, each) },
            ]}
          />
        ) : null}
      </Page>
    </div>
  );
}

function Current({ shown }: { shown: Shown }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <section class="panel stack projector-current" aria-labelledby="current">
      <h2 id="current">
        {shown.reference} {shown.teamName}
      </h2>
      {shown.title ? <p>{shown.title}</p> : null}
      <p>
        {shown.rank === undefined ? t('unranked') : t('ranked', { n: shown.rank })}
        {shown.official === undefined ? null : t('official', { value: points(shown.official, language) })}
      </p>
      <p>{t('projector.totals', { list: shown.scores.map((each) => points(each, language)).join(' · ') })}</p>
      {shown.votes && shown.outcome ? (
        <p>
          <strong>{outcomeText(t, shown)}</strong> · {votesText(t, shown.votes)}
        </p>
      ) : null}
    </section>
  );
}
