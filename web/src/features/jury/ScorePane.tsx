import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ErrorSummary } from '~/components/ErrorSummary';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Select } from '~/components/Select';
import { TextArea } from '~/components/TextArea';
import { messages as overtaken } from '~/features/overtaken/messages';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Assignment, Queue } from './api';
import { KeptStatus } from './KeptStatus';
import { LockedScores } from './LockedScores';
import { messages } from './messages';
import { RecuseDialog } from './RecuseDialog';
import { ScoreGroup } from './ScoreGroup';
import { oneDecimal } from './total';
import { type ReviewState, scoreField } from './use-review';

type Props = {
  assignment: Assignment;
  queue: Queue;
  state: ReviewState;
  onSubmit: () => Promise<void>;
  /** The juror stepped back: the entry is gone. */
  onGone: () => void;
  keysOn: boolean;
};

/** The juror's scores and comments of one entry. */
export function ScorePane({ assignment, queue, state, onSubmit, onGone, keysOn }: Props) {
  const t = useMessages(messages);
  const [recusing, setRecusing] = useState(false);
  const { review, typed, errors } = state;
  if (review.locked) return <LockedScores review={review} queue={queue} />;
  if (queue.calibrateFirst) {
    return (
      <div class="score-fields">
        <Notice tone="warning">
          <p>{t('calibrate.first')}</p>
          <LinkButton href={`/jury/challenges/${queue.challengeId}/calibration`}>
            {t('calibration')}
          </LinkButton>
        </Notice>
      </div>
    );
  }
  return (
    <form
      class="score-form"
      noValidate
      aria-labelledby="your-score"
      aria-busy={state.sending}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <div class="score-fields">
        <h2 id="your-score">{t('yourScore')}</h2>
        <p class="hint">{t('yourScore.hint')}</p>
        {errors ? <ErrorSummary {...errors} /> : null}
        {state.found ? (
          <Later load={() => import('./Found')} messages={[overtaken]} props={{ state, queue }} />
        ) : null}
        {review.state === 'changed' ? <Notice tone="warning">{t('changed')}</Notice> : null}
        {queue.criteria.map((each) => (
          <ScoreGroup
            key={each.id}
            criterion={each}
            score={typed.scores[each.id]}
            onScore={(score) => state.score(each.id, score)}
            error={errors?.fields[scoreField(each.id)]}
          />
        ))}
        <TextArea
          name="toTeam"
          label={t('toTeam')}
          hint={t('toTeam.hint', { n: 20 })}
          value={typed.toTeam}
          onValue={(toTeam) => state.set({ toTeam })}
          onBlur={() => void state.save.flush().catch(() => {})}
          error={errors?.fields.toTeam}
          limit={4000}
          rows={4}
          lang={typed.language}
        />
        <TextArea
          name="toJury"
          label={t('toJury')}
          hint={t('toJury.hint')}
          optional
          value={typed.toJury}
          onValue={(toJury) => state.set({ toJury })}
          onBlur={() => void state.save.flush().catch(() => {})}
          error={errors?.fields.toJury}
          rows={3}
          lang={typed.language}
        />
        <Select
          name="language"
          label={t('language')}
          bare
          value={typed.language}
          onValue={(value) => state.set({ language: value as Language })}
          options={languages.map((each) => ({ value: each, label: languageNames[each], lang: each }))}
        />
        <p>
          <Button kind="link" onClick={() => setRecusing(true)}>
            {t('recuse')}
          </Button>
        </p>
      </div>
      <ScoreBar state={state} keysOn={keysOn} />
      <RecuseDialog
        open={recusing}
        onClose={() => setRecusing(false)}
        assignment={assignment.id}
        onDone={onGone}
      />
    </form>
  );
}

/** The total and the one button, always in sight on a wide screen. */
function ScoreBar({ state, keysOn }: { state: ReviewState; keysOn: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <div class="score-bar">
      <div>
        <p class="small">{t('total')}</p>
        {state.total === undefined ? (
          <p class="small muted">{t('left', { n: state.missing })}</p>
        ) : (
          <p class="score-total">
            <strong>{oneDecimal(state.total, language)}</strong> <span class="muted">/ 100</span>
          </p>
        )}
      </div>
      <Button type="submit" kind="primary" aria-busy={state.sending}>
        {t(state.sending ? 'sending' : 'submit')}
        {keysOn ? <kbd>{t('submit.key')}</kbd> : null}
      </Button>
      <KeptStatus state={state}>
        {state.save.state === 'clean' ? (
          <p class="small muted">{t(`review.${state.review.state}.long`)}</p>
        ) : null}
      </KeptStatus>
    </div>
  );
}
