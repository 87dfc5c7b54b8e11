import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import { Checkbox } from '~/components/Checkbox';
import { ErrorState } from '~/components/ErrorState';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { messages } from './messages';

type Consent = components['schemas']['Consent'];

/** What one may agree to; nothing is ticked until one does, and one press takes it back. */
export function Consents() {
  const t = useMessages(messages);
  const query = useQuery({ queryKey: ['account', 'consents'], queryFn: () => ok(api.GET('/me/consents')) });
  return (
    <section class="section" aria-labelledby="consents">
      <h2 id="consents">{t('consents.title')}</h2>
      <p>{t('consents.text')}</p>
      <QueryView query={query} loading="s">
        {({ items }) => (
          <div class="stack">
            {items.map((consent) => (
              <Line key={consent.purpose} consent={consent} />
            ))}
          </div>
        )}
      </QueryView>
    </section>
  );
}

function Line({ consent }: { consent: Consent }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [error, setError] = useState<unknown>();
  const { purpose, version, given, at } = consent;
  const answer = async (yes: boolean) => {
    setError(undefined);
    try {
      await ok(
        api.PUT('/me/consents/{purpose}', {
          params: { path: { purpose } },
          body: { given: yes, version, language },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['account', 'consents'] });
      showToast(t(yes ? 'consents.given' : 'consents.withdrawn'));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div>
      <Checkbox name={purpose} label={t(`consent.${purpose}`)} checked={given} onChecked={answer} optional />
      {given && at ? (
        <p class="muted small">
          {t('consents.since')}
          <When at={at} short />
        </p>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
    </div>
  );
}
