import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Rows } from '~/components/Rows';
import { When } from '~/components/When';
import { date } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Board, useBoard } from './api';
import { ExportPanel } from './ExportPanel';
import { Headline } from './Headline';
import { IndicatorRow } from './IndicatorRow';
import { MeasurementDialog } from './MeasurementDialog';
import { messages } from './messages';

/** The programme's indicators against their targets. */
export default function BoardPage() {
  const query = useBoard();
  return (
    <QueryView query={query} page>
      {(board) => <BoardView board={board} />}
    </QueryView>
  );
}

function BoardView({ board }: { board: Board }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [entering, setEntering] = useState(false);
  const { programme, groups } = board;
  const all = groups.flatMap((group) => group.indicators);
  const headline = all.find((kpi) => kpi.counts);
  const reached = all.filter((kpi) => kpi.status === 'reached').length;
  return (
    <Page
      title={t('title')}
      lead={<p>{t('lead', { name: programme.name, month: programme.month, months: programme.months })}</p>}
    >
      <p class="muted">
        {t('summary', { reached, n: all.length })}
        {t('asOf')} <When at={board.asOf} zone={programme.timeZone} short />
      </p>
      {programme.shifted ? (
        <Notice title={t('shifted.title')}>
          <p>{t('shifted.text', { date: date(new Date(programme.startsOn), 'UTC', language) })}</p>
        </Notice>
      ) : null}
      {headline ? <Headline kpi={headline} programme={programme} /> : null}
      {board.allowedActions.includes('kpi.enter') ? (
        <div class="actions">
          <Button kind="primary" onClick={() => setEntering(true)}>
            {t('enter')}
          </Button>
          <MeasurementDialog open={entering} onClose={() => setEntering(false)} indicators={all} />
        </div>
      ) : null}
      {groups.map((group) => {
        const name = textIn(group.name, language);
        return (
          <section key={group.slug} class="section" aria-labelledby={`group-${group.slug}`}>
            <h2 id={`group-${group.slug}`} lang={name.lang}>
              {name.text}
            </h2>
            <Rows>
              {group.indicators.map((kpi) => (
                <IndicatorRow key={kpi.slug} kpi={kpi} all={all} />
              ))}
            </Rows>
          </section>
        );
      })}
      {board.allowedActions.includes('export.participation') ? (
        <ExportPanel contests={board.contests} />
      ) : null}
    </Page>
  );
}
