import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { problemOf } from '~/api/problem';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { Select } from '~/components/Select';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { nameInDisposition, saveTable } from '~/lib/save-file';
import { showToast } from '~/lib/toast';
import type { Board } from './api';
import { messages } from './messages';

/** Who takes part, as a file for a spreadsheet. */
export function ExportPanel({ contests }: { contests: Board['contests'] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [contest, setContest] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const fetchFile = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const answer = await api.GET('/exports/participation.csv', {
        params: { query: { contest: contest || undefined, lang: language } },
      });
      if (!answer.response.ok) throw await problemOf(answer.response, answer.error);
      const text = String(await ok(Promise.resolve(answer)));
      const name = nameInDisposition(answer.response.headers.get('content-disposition'));
      saveTable(text, name ?? 'participation.csv');
      showToast(t('export.done'));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section class="section" aria-labelledby="kpi-export">
      <h2 id="kpi-export">{t('export.title')}</h2>
      <p class="prose">{t('export.text')}</p>
      <div class="kpi-export">
        <Select
          name="contest"
          label={t('export.contest')}
          bare
          value={contest}
          onValue={setContest}
          empty={t('export.all')}
          options={contests.map((each) => {
            const title = textIn(each.title, language);
            return {
              value: each.slug,
              lang: title.lang,
              label: each.rehearsal ? t('export.rehearsal', { title: title.text }) : title.text,
            };
          })}
        />
        <Button kind="outline" aria-busy={busy} onClick={fetchFile}>
          {t(busy ? 'export.busy' : 'export.action')}
        </Button>
      </div>
      {error ? <ErrorState error={error} onRetry={fetchFile} /> : null}
    </section>
  );
}
