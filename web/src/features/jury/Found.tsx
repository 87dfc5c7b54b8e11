import { Button } from '~/components/Button';
import OvertakenPart from '~/features/overtaken/OvertakenPart';
import { useMessages } from '~/i18n/use-messages';
import type { Queue } from './api';
import { messages } from './messages';
import { usePartNames } from './part-names';
import type { KeptState } from './use-kept';

type Props = {
  state: Pick<KeptState, 'found' | 'take' | 'keepMine'>;
  queue: Pick<Queue, 'criteria' | 'language'>;
  /** What is written beside the scores, where it is called otherwise than in a review. */
  comment?: string;
};

/** What another window of the same juror saved or typed meanwhile. Fetched when it happens. */
export default function Found({ state, queue, comment }: Props) {
  const t = useMessages(messages);
  const nameOf = usePartNames();
  if (!state.found) return null;
  return (
    <OvertakenPart
      found={state.found}
      own
      nameOf={(path) => (path[0] === 'comment' && comment ? { name: comment } : nameOf(path, queue))}
      say={(value) => (value === 'skip' ? t('skip') : String(value ?? '–'))}
      onTake={(other) => void state.take(other)}
    >
      {state.found.clashes.length > 0 ? (
        <p>
          <Button onClick={state.keepMine}>{t('settle.mine')}</Button>
        </p>
      ) : null}
    </OvertakenPart>
  );
}
