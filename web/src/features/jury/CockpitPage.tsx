import { QueryView } from '~/components/QueryView';
import type { PageProps } from '~/routes/route';
import { useAssignment, useQueue } from './api';
import { Cockpit } from './Cockpit';
import './cockpit.css';

/** One entry to score: queue, document, scores. */
export default function CockpitPage({ params }: PageProps) {
  const id = params.assignment ?? '';
  return (
    <QueryView query={useAssignment(id)} page>
      {(assignment) => <WithQueue key={assignment.id} assignment={assignment} />}
    </QueryView>
  );
}

function WithQueue({ assignment }: { assignment: Parameters<typeof Cockpit>[0]['assignment'] }) {
  return (
    <QueryView query={useQueue(assignment.challengeId)} page>
      {(queue) => <Cockpit assignment={assignment} queue={queue} />}
    </QueryView>
  );
}
