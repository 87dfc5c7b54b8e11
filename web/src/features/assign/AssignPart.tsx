import { useState } from 'preact/hooks';
import { Disclosure } from '~/components/Disclosure';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { type AssignRequest, type Plan, type Progress, type Setup, useSetup } from './api';
import './assign.css';
import { History } from './History';
import { messages } from './messages';
import { PlanForm } from './PlanForm';
import { PlanView } from './PlanView';
import { Profiles } from './Profiles';
import { Wishes } from './Wishes';

/** Gives entries to jurors: what is known of them, what would happen, and the deed. */
export default function AssignPart({ progress }: { progress: Progress }) {
  return (
    <QueryView query={useSetup(progress.challengeId)}>
      {(setup) => <Assign progress={progress} setup={setup} />}
    </QueryView>
  );
}

function Assign({ progress, setup }: { progress: Progress; setup: Setup }) {
  const t = useMessages(messages);
  const [plan, setPlan] = useState<{ plan: Plan; request: AssignRequest }>();
  const [free, setFree] = useState(0);
  // A plan holds for what it was made from.
  const changed = () => setPlan(undefined);
  return (
    <section class="stack" aria-labelledby="assign">
      <h2 id="assign">{t('assign')}</h2>
      <p class="prose">{t('text')}</p>
      {progress.jurors.every((each) => each.assigned === 0) ? <p class="prose">{t('naming')}</p> : null}
      {free > 0 ? <p role="status">{t('left.free', { n: free })}</p> : null}
      <PlanForm progress={progress} setup={setup} onPlan={setPlan} />
      {plan ? (
        <PlanView
          id={progress.challengeId}
          {...plan}
          onDone={() => {
            setPlan(undefined);
            setFree(0);
          }}
        />
      ) : null}
      <Disclosure summary={t('profiles')}>
        <Profiles
          id={progress.challengeId}
          setup={setup}
          onChanged={changed}
          onLeft={(n) => {
            changed();
            setFree(n);
          }}
        />
      </Disclosure>
      <Disclosure summary={t('wishes', { n: setup.wishes.length })}>
        <Wishes id={progress.challengeId} setup={setup} onChanged={changed} />
      </Disclosure>
      <Disclosure summary={t('made')}>
        <History id={progress.challengeId} zone={progress.timeZone} />
      </Disclosure>
    </section>
  );
}
