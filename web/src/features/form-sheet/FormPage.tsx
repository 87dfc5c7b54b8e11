import { useRef, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { Checkbox } from '~/components/Checkbox';
import { ErrorSummary } from '~/components/ErrorSummary';
import { describedBy, Field, idOf } from '~/components/Field';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import type { PageProps } from '~/routes/route';
import { base64, download, type Report } from './file';
import { messages } from './messages';
import { ReportTable } from './ReportTable';

/** More than a form can be; the server asks for the same. */
const most = 700 * 1024;

/** Scores on a spreadsheet: out, filled in anywhere, and back in after a look at what would change. */
export default function FormPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = params.id ?? '';
  const file = useRef<HTMLInputElement>(null);
  const [send, setSend] = useState(true);
  const [busy, setBusy] = useState(false);
  const [looked, setLooked] = useState<{ content: string; report: Report }>();
  const [fault, setFault] = useState<{ fields: Record<string, string>; message?: string; attempt: number }>();

  const fail = (message: string, field?: string) =>
    setFault((before) => ({
      fields: field ? { [field]: message } : {},
      message: field ? undefined : message,
      attempt: (before?.attempt ?? 0) + 1,
    }));
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFault(undefined);
    try {
      await work();
    } catch (failure) {
      fail(failure instanceof ProblemError ? failure.message : t('failed'));
    } finally {
      setBusy(false);
    }
  };
  const get = () =>
    attempt(async () =>
      download(
        await ok(
          api.GET('/jury/challenges/{id}/form', { params: { path: { id }, query: { lang: language } } }),
        ),
      ),
    );
  const take = async (content: string, apply: boolean) => {
    const report = await ok(
      api.POST('/jury/challenges/{id}/form', { params: { path: { id } }, body: { content, apply, send } }),
    );
    setLooked({ content, report });
    announce(t(report.applied ? 'applied' : 'looked'));
    if (report.applied) await queries.invalidateQueries({ queryKey: ['jury'] });
  };
  const look = () => {
    const chosen = file.current?.files?.[0];
    if (!chosen) return fail(t('file.missing'), 'file');
    if (chosen.size > most) return fail(t('file.large'), 'file');
    return attempt(async () => take(await base64(chosen), false));
  };
  const saves =
    looked?.report.rows.filter((row) => row.outcome === 'changed' || row.outcome === 'sent').length ?? 0;
  return (
    <Page title={t('title')} lead={t('lead')} middle>
      {fault ? <ErrorSummary {...fault} /> : null}
      <section class="section stack">
        <h2>{t('out')}</h2>
        <p class="prose">{t('out.text')}</p>
        <p>
          <Button kind="primary" onClick={() => void get()} aria-busy={busy}>
            {t('out.get')}
          </Button>
        </p>
      </section>
      <section class="section stack">
        <h2>{t('in')}</h2>
        <Field name="file" label={t('file')} hint={t('file.hint')} error={fault?.fields.file} bare>
          <input
            ref={file}
            type="file"
            id={idOf('file')}
            class="input"
            accept=".xlsx"
            aria-invalid={fault?.fields.file ? true : undefined}
            aria-describedby={describedBy('file', true, fault?.fields.file)}
            onChange={() => setLooked(undefined)}
          />
        </Field>
        <Checkbox
          name="send"
          label={t('send')}
          hint={t('send.hint')}
          bare
          checked={send}
          onChecked={(next) => {
            setSend(next);
            setLooked(undefined);
          }}
        />
        <p>
          <Button kind={looked ? 'outline' : 'primary'} onClick={() => void look()} aria-busy={busy}>
            {t('look')}
          </Button>
        </p>
      </section>
      {looked ? (
        <section class="section stack">
          <h2>{t(looked.report.applied ? 'report.done' : 'report')}</h2>
          <ReportTable report={looked.report} />
          {looked.report.applied ? (
            <p>
              <LinkButton href="/jury">{t('back')}</LinkButton>
            </p>
          ) : saves > 0 ? (
            <p>
              <Button
                kind="primary"
                onClick={() => void attempt(() => take(looked.content, true))}
                aria-busy={busy}
              >
                {t('apply', { n: saves })}
              </Button>
            </p>
          ) : (
            <p>{t('nothing')}</p>
          )}
        </section>
      ) : null}
    </Page>
  );
}
