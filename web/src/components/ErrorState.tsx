import { ProblemError } from '~/api/problem';
import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { Button } from './Button';
import { Notice } from './Notice';

/** Something could not be read: what the server said, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useMessages(messages);
  const problem = error instanceof ProblemError ? error : undefined;
  return (
    <Notice tone="danger" title={t('error.part')} live>
      <p>{problem?.message ?? t('error.text')}</p>
      {problem?.requestId ? <p class="small">{t('error.reference', { id: problem.requestId })}</p> : null}
      {onRetry ? (
        <p>
          <Button onClick={onRetry}>{t('retry')}</Button>
        </p>
      ) : null}
    </Notice>
  );
}
