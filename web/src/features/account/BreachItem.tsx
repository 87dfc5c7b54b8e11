import { useState } from 'preact/hooks';
import { api, ifMatch, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { serverNow } from '~/lib/clock';
import './account.css';
import { messages } from './messages';

type Breach = components['schemas']['Breach'];
type Draft = components['schemas']['BreachDraft'];

const field = { authority: 'authorityAt', first_report: 'firstAt', full_report: 'fullAt' } as const;

/** One breach: what happened, and its duties with their times. */
export function BreachItem({ breach }: { breach: Breach }) {
  const t = useMessages(messages);
  const [error, setError] = useState<unknown>();
  const mark = async (change: Partial<Draft>) => {
    setError(undefined);
    try {
      await ok(
        api.PUT('/admin/breaches/{id}', {
          params: { path: { id: breach.id }, header: ifMatch(`"${breach.version}"`) },
          body: { ...draftOf(breach), ...change },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['breaches'] });
    } catch (failure) {
      setError(failure);
    }
  };
  const now = () => new Date(serverNow()).toISOString();
  return (
    <article class="section">
      <h2>
        <When at={breach.noticedAt} />
      </h2>
      {breach.closedAt ? <Tag tone="success">{t('breaches.closed')}</Tag> : null}
      <p>{breach.what}</p>
      {breach.people === undefined ? null : <p>{t('breaches.people.n', { n: breach.people })}</p>}
      {breach.measures ? <p>{breach.measures}</p> : null}
      <ul class="factor-list">
        {breach.clocks.map(({ duty, due, doneAt }) => (
          <Duty
            key={duty}
            name={t(`duty.${duty}`)}
            due={due}
            doneAt={doneAt}
            onDone={() => mark({ [field[duty]]: now() })}
          />
        ))}
        <Duty name={t('breaches.told')} doneAt={breach.toldAt} onDone={() => mark({ toldAt: now() })} />
      </ul>
      {error ? <ErrorState error={error} /> : null}
      {breach.closedAt ? null : (
        <div class="actions">
          <Button kind="outline" onClick={() => mark({ closedAt: now() })}>
            {t('breaches.close')}
          </Button>
        </div>
      )}
    </article>
  );
}

type DutyProps = { name: string; due?: string; doneAt?: string; onDone: () => void };

function Duty({ name, due, doneAt, onDone }: DutyProps) {
  const t = useMessages(messages);
  return (
    <li>
      <div>
        {name}
        <p class="muted small">
          {doneAt ? (
            <>
              {t('breaches.done')}
              <When at={doneAt} />
            </>
          ) : due ? (
            <>
              {t('breaches.due')}
              <When at={due} />
            </>
          ) : null}
        </p>
      </div>
      {doneAt ? null : (
        <Button kind="link" aria-label={t('breaches.mark.label', { duty: name })} onClick={onDone}>
          {t('breaches.mark')}
        </Button>
      )}
    </li>
  );
}

function draftOf({ id: _, version: __, clocks, ...rest }: Breach): Draft {
  const done = clocks.map(({ duty, doneAt }) => [field[duty], doneAt]);
  return { ...rest, ...Object.fromEntries(done) };
}
