import type { ComponentChildren } from 'preact';
import { Notice } from '~/components/Notice';
import { Timeline } from '~/components/Timeline';
import { Relative, When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { Entry } from './api';
import { messages } from './messages';
import { stageTones } from './stages';

/** Where the entry stands, and the one thing that comes next, in the zone of the lead city. */
export function Stage({ entry, children }: { entry: Entry; children?: ComponentChildren }) {
  const t = useMessages(messages);
  const stage = entry.stage;
  if (!stage) return null;
  const { key, steps } = stage;
  const [first] = steps;
  const open = key === 'withdrawn' && first !== undefined;
  return (
    <Notice tone={stageTones[key] ?? 'info'} title={t(`stage.${key}`)}>
      <p>{t(open ? 'stage.withdrawn.open' : `stage.${key}.text`)}</p>
      {first ? (
        <p>
          {t(`step.${first.what}`)}: <When at={first.at} zone={entry.challenge.dates.timeZone} />{' '}
          <span class="muted">
            <Relative at={first.at} />
          </span>
        </p>
      ) : null}
      {entry.countsOnceConfirmed ? <p>{t('unconfirmed')}</p> : null}
      {children}
    </Notice>
  );
}

/** All that lies ahead of the entry, with dates. */
export function Ahead({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const steps = entry.stage?.steps ?? [];
  return (
    <section class="section" aria-labelledby="ahead">
      <h2 id="ahead">{t('next.title')}</h2>
      {steps.length === 0 ? (
        <p class="muted">{t('next.none')}</p>
      ) : (
        <Timeline
          label={t('next.title')}
          steps={steps.map((step, at) => ({
            name: t(`step.${step.what}`),
            state: at === 0 ? 'next' : 'later',
            date: <When at={step.at} zone={entry.challenge.dates.timeZone} />,
          }))}
        />
      )}
    </section>
  );
}
