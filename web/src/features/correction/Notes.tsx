import type { components } from '~/api/schema';
import { Later } from '~/components/Later';
import { messages } from './messages';

/** Notes from the city on an entry; fetched only where there are some. `alone`: only what is to correct. */
export function Notes({ entry, alone }: { entry: components['schemas']['Entry']; alone?: boolean }) {
  if (!entry.correction && !entry.failed && !entry.openedEarly) return null;
  return <Later load={() => import('./TeamNotes')} messages={[messages]} props={{ entry, alone }} />;
}
