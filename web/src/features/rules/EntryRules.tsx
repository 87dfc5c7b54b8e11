import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { Disclosure } from '~/components/Disclosure';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useIdempotencyKey } from '~/lib/use-idempotency-key';
import { type EntryRules, useEntryRules } from './api';
import { messages } from './messages';
import { OneVersion } from './VersionList';

/** The version of the rules that an entry stands on, and acceptance of a newer one. */
export default function EntryRulesPart({ entryId, sending }: { entryId: string; sending?: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const rules = useEntryRules(entryId, language).data;
  if (!rules) return null;
  if (rules.mustAccept) return <Ask rules={rules} />;
  if (sending) {
    return (
      <p>
        {t('entry.sending', { n: rules.inForce })}
        <Link href={`/challenges/${rules.slug}/versions`}>{t('versions.title')}</Link>
      </p>
    );
  }
  // With one version only there is nothing that a team must know.
  if (rules.inForce < 2) return null;
  return (
    <p class="small muted">
      {t(rules.submittedUnder > 0 ? 'entry.sentUnder' : 'entry.stands', {
        n: rules.submittedUnder || rules.inForce,
      })}{' '}
      {rules.acceptedAt && rules.accepted === rules.inForce ? (
        <>
          {t('entry.accepted', { n: rules.accepted })}
          <When at={rules.acceptedAt} />{' '}
        </>
      ) : null}
      <Link href={`/challenges/${rules.slug}/versions`}>{t('entry.versions')}</Link>
    </p>
  );
}

function Ask({ rules }: { rules: EntryRules }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const key = useIdempotencyKey();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const may = rules.allowedActions.includes('rules.accept');
  const accept = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const answer = await ok(
        api.POST('/entries/{id}/rules/accept', {
          params: {
            path: { id: rules.entryId },
            query: { lang: language },
            header: idempotencyKey(key.key()),
          },
          body: { version: rules.inForce },
        }),
      );
      queries.setQueryData(['entry', rules.entryId, 'rules', language], answer);
      showToast(t('entry.done', { n: rules.inForce }));
    } catch (problem) {
      setError(problem instanceof ProblemError ? problem.message : t('failed'));
      await queries.invalidateQueries({ queryKey: ['entry', rules.entryId, 'rules'] });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Notice tone="warning" title={t('entry.changed', { n: rules.inForce })}>
      <p>
        {t('entry.since')}
        <When at={rules.changedAt} zone={rules.timeZone} />
      </p>
      {rules.newer.map((version) => (
        <Disclosure
          key={version.number}
          summary={t('entry.what', { n: version.number })}
          open={version.number === rules.inForce}
        >
          <OneVersion version={version} zone={rules.timeZone} level={2} />
        </Disclosure>
      ))}
      {rules.submittedUnder > 0 ? <p>{t('entry.valid', { n: rules.submittedUnder })}</p> : null}
      {error ? <p class="error-text">{error}</p> : null}
      {may ? (
        <p>
          <Button kind="primary" aria-busy={busy} onClick={() => void accept()}>
            {t('entry.accept', { n: rules.inForce })}
          </Button>
        </p>
      ) : (
        <p>{t('entry.mayNot')}</p>
      )}
    </Notice>
  );
}
