import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import type { Person } from '../api';
import { messages } from '../messages';
import { GrantDialog } from './GrantDialog';
import { GrantLine } from './GrantLine';
import { useDeed } from './use-deed';

/** One account: its roles, and what can be done with it. */
export function PersonRow({ person }: { person: Person }) {
  const t = useMessages(messages);
  const [giving, setGiving] = useState(false);
  const { id, name, disabled } = person;
  return (
    <li class="row">
      <div class="row-main">
        <div class="marks">
          {disabled ? <Tag tone="danger">{t('people.disabled')}</Tag> : null}
          {person.confirmed ? null : <Tag tone="warning">{t('people.unconfirmed')}</Tag>}
          {person.demo ? <Tag>{t('people.demo')}</Tag> : null}
        </div>
        <h3 class="row-title">{name}</h3>
        <p class="muted">{person.email}</p>
      </div>
      <div>
        {person.grants.length === 0 ? (
          <p class="muted">{t('people.noRoles')}</p>
        ) : (
          <ul aria-label={t('people.roles', { name })}>
            {person.grants.map((grant) => (
              <GrantLine key={grant.id} grant={grant} name={name} />
            ))}
          </ul>
        )}
        <div class="actions">
          <Button kind="link" aria-label={t('people.give.to', { name })} onClick={() => setGiving(true)}>
            {t('people.give')}
          </Button>
          <ResetFactors id={id} name={name} />
          {disabled ? <Enable id={id} name={name} /> : <Disable id={id} name={name} />}
        </div>
        <GrantDialog person={person} open={giving} onClose={() => setGiving(false)} />
      </div>
    </li>
  );
}

type Props = { id: string; name: string };

function Disable({ id, name }: Props) {
  const t = useMessages(messages);
  const deed = useDeed(
    () => ok(api.POST('/people/{id}/disable', { params: { path: { id } } })),
    t('people.disabledNow'),
  );
  return (
    <>
      <Button kind="link" aria-label={t('people.disable.label', { name })} onClick={deed.ask}>
        {t('people.disable')}
      </Button>
      {deed.error ? <ErrorState error={deed.error} onRetry={deed.run} /> : null}
      <ConfirmDialog
        open={deed.asking}
        onClose={deed.close}
        onConfirm={deed.run}
        title={t('people.disable.title')}
        confirm={t('people.disable')}
        danger
      >
        <p>{t('people.disable.text', { name })}</p>
      </ConfirmDialog>
    </>
  );
}

function ResetFactors({ id, name }: Props) {
  const t = useMessages(messages);
  const deed = useDeed(
    () => ok(api.POST('/people/{id}/reset-factors', { params: { path: { id } } })),
    t('people.factorsReset'),
  );
  return (
    <>
      <Button kind="link" aria-label={t('people.factors.label', { name })} onClick={deed.ask}>
        {t('people.factors')}
      </Button>
      {deed.error ? <ErrorState error={deed.error} onRetry={deed.run} /> : null}
      <ConfirmDialog
        open={deed.asking}
        onClose={deed.close}
        onConfirm={deed.run}
        title={t('people.factors.title')}
        confirm={t('people.factors')}
        danger
      >
        <p>{t('people.factors.text', { name })}</p>
      </ConfirmDialog>
    </>
  );
}

function Enable({ id, name }: Props) {
  const t = useMessages(messages);
  const deed = useDeed(
    () => ok(api.POST('/people/{id}/enable', { params: { path: { id } } })),
    t('people.enabledNow'),
  );
  return (
    <>
      <Button kind="link" aria-label={t('people.enable.label', { name })} onClick={deed.run}>
        {t('people.enable')}
      </Button>
      {deed.error ? <ErrorState error={deed.error} onRetry={deed.run} /> : null}
    </>
  );
}
