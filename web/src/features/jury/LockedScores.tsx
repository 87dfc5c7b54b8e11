import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Queue, Review } from './api';
import { messages } from './messages';
import { oneDecimal, sheetOf } from './total';

/** The own review after the lock: to read, not to change. */
export function LockedScores({ review, queue }: { review: Review; queue: Queue }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const sheet = sheetOf(review.scores);
  return (
    <section class="score-fields" aria-labelledby="your-score">
      <h2 id="your-score">{t('yourScore')}</h2>
      <Notice>{t(review.submittedAt ? 'locked' : 'locked.never')}</Notice>
      <dl class="facts">
        {queue.criteria.map((each) => {
          const name = textIn(each.name, language, queue.language);
          return (
            <div key={each.id}>
              <dt lang={name.lang}>{name.text}</dt>
              <dd>{sheet[each.id] === 'skip' ? t('skip') : (sheet[each.id] ?? '–')}</dd>
            </div>
          );
        })}
        <div>
          <dt>{t('total')}</dt>
          <dd>{review.total === undefined ? '–' : `${oneDecimal(review.total, language)} / 100`}</dd>
        </div>
      </dl>
      {review.toTeam ? (
        <div>
          <h3>{t('toTeam')}</h3>
          <p>
            <LangText text={review.toTeam} lang={review.language} />
          </p>
        </div>
      ) : null}
    </section>
  );
}
