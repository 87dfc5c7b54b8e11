import { QueryView } from '~/components/QueryView';
import type { PageProps } from '~/routes/route';
import { type Desk, useDesk, useQueue } from './api';
import { Cockpit } from './Cockpit';
import './cockpit.css';

/** One entry to score: queue, document, scores. */
export default function CockpitPage({ params }: PageProps) {
  const id = params.assignment ?? '';
  return (
    <QueryView query={useDesk(id)} page>
      {(desk) => <WithQueue key={desk.assignment.id} desk={desk} />}
    </QueryView>
  );
}

function WithQueue({ desk }: { desk: Desk }) {
  return (
    <QueryView query={useQueue(desk.assignment.challengeId)} page>
      {(queue) => <Cockpit desk={desk} queue={queue} />}
    </QueryView>
  );
}
