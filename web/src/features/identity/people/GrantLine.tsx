import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import type { Grant } from '../api';
import { messages } from '../messages';
import { ScopeName, useScopeName } from '../ScopeName';
import { placeOf } from './roles';
import { useDeed } from './use-deed';

/** One role of a person; an admin can take it away unless it is a team's. */
export function GrantLine({ grant, name }: { grant: Grant; name: string }) {
  const t = useMessages(messages);
  const scopeName = useScopeName();
  const deed = useDeed(
    () => ok(api.DELETE('/grants/{id}', { params: { path: { id: grant.id } } })),
    t('people.taken'),
  );
  const words = { role: t(`role.${grant.role}`), scope: scopeName(grant.scope), name };
  return (
    <li class="grant-line">
      <span>
        <strong>{words.role}</strong> · <ScopeName scope={grant.scope} />
      </span>
      {placeOf[grant.role] ? (
        <Button kind="link" aria-label={t('people.take.label', words)} onClick={deed.ask}>
          {t('people.take')}
        </Button>
      ) : null}
      {deed.error ? <ErrorState error={deed.error} onRetry={deed.run} /> : null}
      <ConfirmDialog
        open={deed.asking}
        onClose={deed.close}
        onConfirm={deed.run}
        title={t('people.take.title')}
        confirm={t('people.take.confirm')}
        danger
      >
        <p>{t('people.take.text', words)}</p>
      </ConfirmDialog>
    </li>
  );
}
