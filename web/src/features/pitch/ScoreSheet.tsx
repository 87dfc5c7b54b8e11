import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { SaveStatus } from '~/components/SaveStatus';
import { TextArea } from '~/components/TextArea';
import { When } from '~/components/When';
import { oneDecimal, type Sheet, scoresOf, sheetOf, totalOf } from '~/features/jury/total';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useAutosave } from '~/lib/use-autosave';
import { type Desk, type DeskItem, itemAgain, saveSheet } from './api';
import { CriterionScore } from './CriterionScore';
import { messages } from './messages';
import { Place } from './Place';

type Props = { desk: Desk; item: DeskItem };
type Typed = { sheet: Sheet; comment: string };

const typedOf = (item: DeskItem): Typed => ({ sheet: sheetOf(item.scores), comment: item.comment });

/** One pitch: when and where, a score for each criterion, a comment. Kept by itself until the lock. */
export function ScoreSheet({ desk, item }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [typed, setTyped] = useState(typedOf(item));
  const [other, setOther] = useState<DeskItem>();
  const version = useRef(item.version);
  const save = useAutosave(typed, async (value) => {
    if (other) throw new Error('overtaken');
    try {
      const kept = await saveSheet(desk.challengeId, version.current, {
        entryId: item.entryId,
        scores: scoresOf(value.sheet),
        comment: value.comment,
      });
      version.current = kept.version;
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 412)) throw error;
      // Another window of the same juror was first: neither is written over unseen.
      setOther(await itemAgain(desk.challengeId, item.entryId));
      throw error;
    }
  });
  const total = totalOf(desk.criteria, typed.sheet);
  const id = `pitch-${item.entryId}`;
  const settle = (next: Typed) => {
    version.current = other?.version ?? version.current;
    setOther(undefined);
    setTyped(next);
  };
  return (
    <section class="panel stack pitch-sheet" aria-labelledby={id}>
      <h2 id={id}>
        {item.reference} {item.teamName}
      </h2>
      {item.title ? <p>{item.title}</p> : null}
      <p class="small">
        <When at={item.at} zone={desk.timeZone} /> · <Place text={item.place} />
      </p>
      {other ? (
        <Notice tone="warning" title={t('other')} live>
          <p class="actions">
            <Button onClick={() => settle(typed)}>{t('other.mine')}</Button>
            <Button onClick={() => settle(typedOf(other))}>{t('other.theirs')}</Button>
          </p>
        </Notice>
      ) : null}
      {desk.locked ? (
        <Given desk={desk} item={item} />
      ) : (
        <>
          {desk.criteria.map((criterion) => (
            <CriterionScore
              key={criterion.id}
              name={`${id}-${criterion.id}`}
              criterion={criterion}
              source={desk.language}
              score={typed.sheet[criterion.id]}
              onScore={(score) =>
                setTyped((before) => ({ ...before, sheet: { ...before.sheet, [criterion.id]: score } }))
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
          <SaveStatus save={save} />
        </>
      )}
    </section>
  );
}

/** One's own scores after the lock. */
function Given({ desk, item }: Props) {
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
