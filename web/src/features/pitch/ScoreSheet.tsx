import { useState } from 'preact/hooks';
import { Later } from '~/components/Later';
import { Notice } from '~/components/Notice';
import { TextArea } from '~/components/TextArea';
import { When } from '~/components/When';
import type { Adopted } from '~/features/jury/along/adopt';
import { KeptStatus } from '~/features/jury/KeptStatus';
import { messages as jury } from '~/features/jury/messages';
import { type PitchTyped, pitchPaper, pitchStanding } from '~/features/jury/round-papers';
import { oneDecimal, sheetOf, totalOf } from '~/features/jury/total';
import { useKept } from '~/features/jury/use-kept';
import { messages as overtaken } from '~/features/overtaken/messages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Desk, DeskItem } from './api';
import { CriterionScore } from './CriterionScore';
import { messages } from './messages';
import { Place } from './Place';

type Props = {
  desk: Desk;
  item: DeskItem;
  person: string | undefined;
  adopted: Adopted<PitchTyped> | undefined;
};

/** One pitch: when and where, a score for each criterion, a comment. Kept by itself until the lock. */
export function ScoreSheet({ desk, item, person, adopted }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { challengeId, locked } = desk;
  const [refused, setRefused] = useState('');
  const state = useKept(
    pitchPaper(challengeId, item.entryId),
    {
      challengeId,
      reference: item.reference,
      person,
      locked,
      standing: pitchStanding(item),
      adopted,
    },
    { refused: (failure) => setRefused(failure.message) },
  );
  const { typed, setTyped } = state;
  const total = totalOf(desk.criteria, typed.scores);
  const id = `pitch-${item.entryId}`;
  return (
    <section class="panel stack pitch-sheet" aria-labelledby={id}>
      <h2 id={id}>
        {item.reference} {item.teamName}
      </h2>
      {item.title ? <p>{item.title}</p> : null}
      <p class="small">
        <When at={item.at} zone={desk.timeZone} /> · <Place text={item.place} />
      </p>
      {state.found ? (
        <Later
          load={() => import('~/features/jury/Found')}
          messages={[jury, overtaken]}
          props={{ state, queue: desk, comment: t('comment') }}
        />
      ) : null}
      {refused ? (
        <Notice tone="danger" live>
          {refused}
        </Notice>
      ) : null}
      {locked ? (
        <Given desk={desk} item={item} />
      ) : (
        <>
          {desk.criteria.map((criterion) => (
            <CriterionScore
              key={criterion.id}
              name={`${id}-${criterion.id}`}
              criterion={criterion}
              source={desk.language}
              score={typed.scores[criterion.id]}
              onScore={(score) =>
                setTyped((before) => ({ ...before, scores: { ...before.scores, [criterion.id]: score } }))
              }
            />
          ))}
          <TextArea
            name={`${id}-comment`}
            label={t('comment')}
            hint={t('comment.hint')}
            optional
            rows={3}
            value={typed.comment}
            onValue={(comment) => setTyped((before) => ({ ...before, comment }))}
          />
          <p>
            <strong>
              {total === undefined
                ? t('total.missing')
                : t('total.is', { total: oneDecimal(total, language) })}
            </strong>
          </p>
          <KeptStatus state={state} />
        </>
      )}
    </section>
  );
}

/** One's own scores after the lock. */
function Given({ desk, item }: Pick<Props, 'desk' | 'item'>) {
  const t = useMessages(messages);
  const language = useLanguage();
  const sheet = sheetOf(item.scores);
  return (
    <dl class="facts">
      {desk.criteria.map((each) => {
        const name = textIn(each.name, language, desk.language);
        return (
          <div key={each.id}>
            <dt lang={name.lang}>{name.text}</dt>
            <dd>{sheet[each.id] === 'skip' ? t('skip') : (sheet[each.id] ?? '–')}</dd>
          </div>
        );
      })}
      <div>
        <dt>{t('pitch.total')}</dt>
        <dd>{item.total === undefined ? t('total.uncounted') : oneDecimal(item.total, language)}</dd>
      </div>
    </dl>
  );
}
