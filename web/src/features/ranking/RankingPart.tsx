import { ProblemError } from '~/api/problem';
import { EmptyState } from '~/components/EmptyState';
import { Later } from '~/components/Later';
import { QueryView } from '~/components/QueryView';
import { messages as pitch } from '~/features/pitch/messages';
import { useMessages } from '~/i18n/use-messages';
import { type Ranking, useRanking } from './api';
import { messages } from './messages';
import { OrderTable } from './OrderTable';
import './ranking.css';
import { Strictness } from './Strictness';
import { Sureness } from './Sureness';
import { Why } from './Why';

/** The jury's order: how sure it is, in numbers, in a drawing and in words, and why each entry is where it is. */
export default function RankingPart({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const query = useRanking(challenge);
  if (query.error instanceof ProblemError && query.error.code === 'jury.sealed') {
    return (
      <EmptyState title={t('sealed')}>
        <p>{query.error.message}</p>
      </EmptyState>
    );
  }
  return (
    <QueryView query={query}>
      {(ranking) => (
        <div class="stack">
          {ranking.locked ? (
            <Later
              load={() => import('~/features/pitch/FinalPart')}
              messages={[pitch]}
              props={{ challenge }}
            />
          ) : null}
          <Parts ranking={ranking} />
        </div>
      )}
    </QueryView>
  );
}

function Parts({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  if (ranking.rows.every((row) => row.reviews === 0)) {
    return (
      <EmptyState title={t('none')}>
        <p>{t('none.text')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <section class="stack" aria-labelledby="ranking">
        <h2 id="ranking">{t('ranking')}</h2>
        <p class="prose">{t(`order.${ranking.order}`)}</p>
        {ranking.locked ? null : <p class="prose">{t('provisional')}</p>}
        <Sureness ranking={ranking} />
        <OrderTable ranking={ranking} />
      </section>
      <Why ranking={ranking} />
      <Strictness ranking={ranking} />
    </>
  );
}
