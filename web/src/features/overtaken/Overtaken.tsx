import { Later } from '~/components/Later';
import { messages } from './messages';
import type { Props } from './OvertakenPart';

/** What somebody else saved while this was being written. It is fetched when it happens, which is seldom. */
export function Overtaken(props: Props) {
  return <Later load={() => import('./OvertakenPart')} messages={[messages]} props={props} />;
}
