import { Link } from 'wouter-preact';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import type { Plan } from './api';
import { messages } from './messages';

/** Everything that a plan could not meet, by name, and what the chair should know before. */
export function Warnings({ plan, challenge }: { plan: Plan; challenge: string }) {
  const t = useMessages(messages);
  const name = (each: { reference: string; teamName: string }) => `${each.reference} ${each.teamName}`;
  return (
    <>
      {plan.unscreened + plan.correcting > 0 ? (
        <Notice tone="warning" title={t('unready')}>
          {plan.unscreened > 0 ? <p>{t('unscreened', { n: plan.unscreened })}</p> : null}
          {plan.correcting > 0 ? <p>{t('correcting', { n: plan.correcting })}</p> : null}
          <p>
            <Link href={`/manage/challenges/${challenge}/entries`}>{t('unready.check')}</Link>
          </p>
        </Notice>
      ) : null}
      {plan.unmet.length > 0 ? (
        <Notice tone="warning" title={t('unmet')}>
          <ul class="prose">
            {plan.unmet.map((each) => (
              <li key={each.entryId}>
                {t('unmet.entry', { entry: name(each), n: each.missing })} <Why of={each} />
              </li>
            ))}
          </ul>
          <p>{t('unmet.text')}</p>
        </Notice>
      ) : null}
      {plan.waived.length > 0 ? (
        <Notice tone="warning" title={t('waived')}>
          <ul class="prose">
            {plan.waived.map((each) => (
              <li key={each.entryId}>{name(each)}</li>
            ))}
          </ul>
          <p>{t('waived.text')}</p>
        </Notice>
      ) : null}
      {plan.refused.length > 0 ? (
        <Notice tone="warning" title={t('refused')}>
          <ul class="prose">
            {plan.refused.map((each) => (
              <li key={each.entryId + each.juror}>
                {t('refused.pair', { entry: name(each), juror: each.juror })}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {plan.parts.length > 1 ? (
        <Notice tone="warning" title={t('parts', { n: plan.parts.length })}>
          <ul class="prose">
            {plan.parts.map((each) => (
              <li key={each.jurors.join()}>
                {t('parts.one', { n: each.entries, jurors: each.jurors.join(t('and')) })}
              </li>
            ))}
          </ul>
          <p>{t('parts.text')}</p>
        </Notice>
      ) : null}
    </>
  );
}

/** How many jurors cannot read an entry, by reason. */
function Why({ of }: { of: Plan['unmet'][number] }) {
  const t = useMessages(messages);
  const reasons = [
    of.barred > 0 ? t('why.barred', { n: of.barred }) : '',
    of.language > 0 ? t('why.language', { n: of.language }) : '',
    of.full > 0 ? t('why.full', { n: of.full }) : '',
  ].filter(Boolean);
  return reasons.length > 0 ? (
    <span class="muted">{t('why', { reasons: reasons.join(t('and')) })}</span>
  ) : null;
}
