import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { PageTitle } from '~/components/PageTitle';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useStore } from '~/lib/store';
import { showToast } from '~/lib/toast';
import { waiting } from './along/waiting';
import { type Desk, type Queue, refreshJury } from './api';
import { DocumentPane } from './DocumentPane';
import { KeysDialog } from './KeysDialog';
import { messages } from './messages';
import { QueuePane } from './QueuePane';
import { ScorePane } from './ScorePane';
import { useKeySwitch, useKeys } from './use-keys';
import { useReview } from './use-review';

type Props = { desk: Desk; queue: Queue };

/** Queue | document | scores, and the keys that move between them. */
export function Cockpit({ desk, queue }: Props) {
  const { assignment } = desk;
  const t = useMessages(messages);
  const language = useLanguage();
  const [where, go] = useLocation();
  const path = `/jury/${assignment.id}`;
  const state = useReview(desk, queue);
  const waits = useStore(waiting);
  const [keysOn, switchKeys] = useKeySwitch();
  const [help, setHelp] = useState(false);
  const scores = useRef<HTMLDivElement>(null);
  const at = queue.items.findIndex((item) => item.assignmentId === assignment.id);

  const leave = (to: string | undefined) => {
    if (to) return go(`/jury/${to}`);
    void refreshJury();
    go('/jury');
  };
  const move = (step: 1 | -1) => {
    const to = queue.items[at + step];
    if (to) leave(to.assignmentId);
    else announce(t(step > 0 ? 'queue.last' : 'queue.first'));
  };
  const advance = (how: 'sent' | 'kept') => {
    const order = [...queue.items.slice(at + 1), ...queue.items.slice(0, Math.max(at, 0))];
    const open = order.find(
      (item) => item.state !== 'submitted' && !waits.some((each) => each.assignment === item.assignmentId),
    );
    showToast(t(how === 'kept' ? 'kept.next' : open ? 'sent' : 'sent.all'));
    leave(open?.assignmentId);
  };
  const submit = async () => {
    if (state.review.locked) return;
    const how = await state.submit();
    if (how) advance(how);
  };
  const score = (digit: number | 'skip') => {
    if (state.review.locked) return;
    const focused = document.activeElement?.closest('[data-criterion]')?.getAttribute('data-criterion');
    const criterion =
      queue.criteria.find((each) => each.id === focused) ??
      queue.criteria.find((each) => state.typed.scores[each.id] === undefined) ??
      queue.criteria[0];
    if (
      !criterion ||
      (digit === 'skip' ? !criterion.mayNotApply : digit < criterion.lowest || digit > criterion.highest)
    )
      return;
    state.score(criterion.id, digit);
    scores.current
      ?.querySelector<HTMLElement>(`[data-criterion="${criterion.id}"] input[value="${digit}"]`)
      ?.focus();
  };
  // The page stays until the next one is ready: what is pressed meanwhile was not meant for this entry.
  const still =
    <A extends unknown[]>(deed: (...args: A) => void) =>
    (...args: A) => {
      if (!state.sending && location.pathname.endsWith(path)) deed(...args);
    };
  useKeys(keysOn, {
    score: still(score),
    move: still(move),
    submit: still(() => void submit()),
    help: () => setHelp(true),
  });

  const challenge = textIn(queue.title, language, queue.language);
  const name = assignment.title || assignment.reference;
  return (
    <div class="cockpit" inert={where !== path}>
      <QueuePane queue={queue} current={assignment.id} onHelp={() => setHelp(true)} keysOn={keysOn} />
      <article class="cockpit-document" aria-labelledby="cockpit-title">
        <header class="cockpit-head">
          <p class="small muted">
            {assignment.reference}
            {' · '}
            {assignment.blind ? t('blind') : assignment.teamName}
            {' · '}
            <span lang={challenge.lang}>{challenge.text}</span>
          </p>
          <div id="cockpit-title">
            <PageTitle documentTitle={`${assignment.reference} ${name}`} lang={assignment.language}>
              {name}
            </PageTitle>
          </div>
          <p class="cockpit-jump">
            <a href="#your-score">{t('toScores')}</a>
          </p>
        </header>
        <DocumentPane assignment={assignment} queue={queue} own={queue} />
      </article>
      <div ref={scores} class="cockpit-scores">
        <ScorePane
          assignment={assignment}
          queue={queue}
          state={state}
          onSubmit={submit}
          onGone={() => {
            void refreshJury();
            leave(queue.items[at + 1]?.assignmentId ?? queue.items[at - 1]?.assignmentId);
          }}
          keysOn={keysOn}
        />
      </div>
      <KeysDialog open={help} onClose={() => setHelp(false)} on={keysOn} onSwitch={switchKeys} />
    </div>
  );
}
