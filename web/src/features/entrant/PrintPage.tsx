import { useSearch } from 'wouter-preact';
import { Button } from '~/components/Button';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { When } from '~/components/When';
import { AnswerText } from '~/features/question/AnswerText';
import { bytes } from '~/features/question/bytes';
import type { Question } from '~/features/question/check';
import { languageNames } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { serverNow } from '~/lib/clock';
import { useQueryFilters } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { type Entry, type History, useEntry, useHistory, type Version } from './api';
import { testbeds } from './changes';
import { messages } from './messages';
import './entrant.css';

/** An entry on one page, to be printed or kept as PDF: every answer, files with their hashes, the receipt. */
export default function PrintPage({ params }: PageProps) {
  const id = params.id ?? '';
  const entry = useEntry(id);
  const history = useHistory(id);
  return (
    <QueryView query={entry} page>
      {(one) => (
        <QueryView query={history} page>
          {(all) => <Sheet entry={one} history={all} />}
        </QueryView>
      )}
    </QueryView>
  );
}

function Sheet({ entry, history }: { entry: Entry; history: History }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const asked = new URLSearchParams(useSearch()).get('version');
  const { set } = useQueryFilters({ version: '' });
  // What counts is printed unless told: the last submission.
  const standard = history.versions.find((each) => each.kind !== 'draft') ?? history.versions[0];
  const version = history.versions.find((each) => String(each.number) === asked) ?? standard;
  const title = textIn(entry.challenge.title as LocalText, language);
  if (!version) return null;
  const name = (each: Version) =>
    each.kind === 'draft' ? t('history.draft') : t('history.sent', { n: each.number });
  return (
    <Page
      middle
      title={t('print.title', { reference: entry.reference })}
      lead={<p lang={title.lang === language ? undefined : title.lang}>{title.text}</p>}
    >
      <div class="print-choice stack">
        {history.versions.length > 1 ? (
          <Select
            name="version"
            label={t('print.version')}
            bare
            value={String(version.number)}
            onValue={(value) => set('version', value)}
            options={history.versions.map((each) => ({ value: String(each.number), label: name(each) }))}
          />
        ) : null}
        <p class="actions">
          <Button kind="primary" onClick={() => window.print()}>
            {t('print.go')}
          </Button>
          <LinkButton href={`/my/entries/${entry.id}`} kind="outline">
            {t('back', { reference: entry.reference })}
          </LinkButton>
        </p>
      </div>
      <Head entry={entry} version={version} name={name(version)} />
      <Answers entry={entry} history={history} version={version} />
      <Files history={history} version={version} />
      <p class="small muted">
        {t('print.made')} <When at={serverNow().toISOString()} />
      </p>
    </Page>
  );
}

function Head({ entry, version, name }: { entry: Entry; version: Version; name: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const draft = version.kind === 'draft';
  const order = testbeds(version, language);
  return (
    <dl class="facts">
      <div>
        <dt>{t('print.team')}</dt>
        <dd>
          <bdi>{entry.team.name}</bdi> <bdi>{entry.team.latinName}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('print.language')}</dt>
        <dd lang={entry.language}>{languageNames[entry.language]}</dd>
      </div>
      <div>
        <dt>{t('print.version')}</dt>
        <dd>
          {name}
          {version.kind === 'draft' ? null : ` · ${t(`history.kind.${version.kind}`)}`}
        </dd>
      </div>
      <div>
        <dt>{draft ? t('print.not') : t('print.sent')}</dt>
        <dd>
          <When at={version.at} zone={entry.challenge.dates.timeZone} />
        </dd>
      </div>
      {draft ? null : (
        <div>
          <dt>{t('print.receipt')}</dt>
          <dd>{t('print.receipt.text', { reference: entry.reference, n: version.number })}</dd>
        </div>
      )}
      {order ? (
        <div>
          <dt>{t('history.testbeds')}</dt>
          <dd class="version-text">{order}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function Answers({ entry, history, version }: { entry: Entry; history: History; version: Version }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <>
      {history.fields
        .filter((field) => field.kind !== 'file')
        .map((field) => {
          const label = textIn(field.label as LocalText, language);
          const value = version.answers[field.key] ?? '';
          return (
            <section key={field.key} class="print-answer" aria-labelledby={`p-${field.key}`}>
              <h2 id={`p-${field.key}`} lang={label.lang === language ? undefined : label.lang}>
                {label.text}
              </h2>
              {value ? (
                <AnswerText field={field as unknown as Question} value={value} lang={entry.language} />
              ) : (
                <p class="muted">{t('print.none')}</p>
              )}
            </section>
          );
        })}
    </>
  );
}

function Files({ history, version }: { history: History; version: Version }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const label = (key: string) => {
    const field = history.fields.find((each) => each.key === key);
    return field ? textIn(field.label as LocalText, language).text : key;
  };
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t('print.files')}</h2>
      {version.files.length === 0 ? <p class="muted">{t('print.noFiles')}</p> : null}
      <dl class="facts">
        {version.files.map((file) => (
          <div key={file.sha256 + file.field}>
            <dt>{label(file.field)}</dt>
            <dd>
              {file.name} <span class="muted">{bytes(file.size, language)}</span>
              <br />
              <span class="small muted">{t('history.hash')}</span> <code class="hash">{file.sha256}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
