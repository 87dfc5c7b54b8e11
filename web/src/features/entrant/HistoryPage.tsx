import { Link } from 'wouter-preact';
import { Disclosure } from '~/components/Disclosure';
import { LangText } from '~/components/LangText';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { TextDiff } from '~/components/TextDiff';
import { When } from '~/components/When';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Entry, type History, useEntry, useHistory, type Version } from './api';
import { type Change, changes } from './changes';
import { messages } from './messages';
import './entrant.css';

/** Every version of an entry with what changed in it. */
export default function HistoryPage({ params }: PageProps) {
  const id = params.id ?? '';
  const entry = useEntry(id);
  const history = useHistory(id);
  return (
    <QueryView query={entry} page>
      {(one) => (
        <QueryView query={history} page>
          {(all) => <Versions entry={one} history={all} />}
        </QueryView>
      )}
    </QueryView>
  );
}

function Versions({ entry, history }: { entry: Entry; history: History }) {
  const t = useMessages(messages);
  return (
    <Page
      middle
      title={t('history.title')}
      above={<Link href={`/my/entries/${entry.id}`}>{t('back', { reference: entry.reference })}</Link>}
      lead={<p>{t('history.lead')}</p>}
    >
      <p class="small muted">{t('history.legend')}</p>
      <ol class="versions" reversed>
        {history.versions.map((version, at) => (
          <li key={version.number}>
            <VersionView
              entry={entry}
              fields={history.fields}
              version={version}
              before={history.versions[at + 1]}
              open={at === 0}
            />
          </li>
        ))}
      </ol>
      <Saved entry={entry.id} fields={history.fields} />
    </Page>
  );
}

/** Which answers have texts that were kept while they were written. */
function Saved({ entry, fields }: { entry: string; fields: History['fields'] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const kept = fields.filter((field) => field.earlier > 0);
  if (kept.length === 0) return null;
  return (
    <section class="section" aria-labelledby="saved">
      <h2 id="saved">{t('history.saved')}</h2>
      <p>{t('history.saved.text')}</p>
      <ul class="saved">
        {kept.map((field) => (
          <li key={field.key}>
            <Link href={`/my/entries/${entry}/history/${field.key}`}>
              <LangText {...textIn(field.label as LocalText, language)} />
            </Link>
            <span class="small muted">
              {t('history.saved.count', { n: field.earlier })}
              <When at={field.earlierAt ?? ''} short />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Props = {
  entry: Entry;
  fields: History['fields'];
  version: Version;
  before: Version | undefined;
  open: boolean;
};

function VersionView({ entry, fields, version, before, open }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const list = changes(fields, before, version, language);
  const draft = version.kind === 'draft';
  return (
    <section class="stack" aria-labelledby={`v-${version.number}`}>
      <h2 id={`v-${version.number}`}>
        {draft ? t('history.draft') : t('history.sent', { n: version.number })}
      </h2>
      <p>
        <When at={version.at} />{' '}
        {version.by ? <span class="muted">{t('history.by', { name: version.by })}</span> : null}{' '}
        {version.kind === 'draft' || version.kind === 'on_time' ? null : (
          <Tag tone="info">{t(`history.kind.${version.kind}`)}</Tag>
        )}
      </p>
      {before && list.length === 0 ? (
        <p class="muted">{t('history.changes', { n: 0 })}</p>
      ) : (
        <Disclosure
          summary={before ? t('history.changes', { n: list.length }) : t('history.first')}
          open={open}
        >
          <dl class="facts">
            {list.map((change) => (
              <ChangeView
                key={change.kind === 'testbeds' ? 'testbeds' : change.field.key}
                change={change}
                lang={entry.language}
                first={!before}
              />
            ))}
          </dl>
        </Disclosure>
      )}
      <p class="small">
        <Link href={`/my/entries/${entry.id}/print?version=${version.number}`}>
          {t('history.print')}
          <span class="visually-hidden">
            {' '}
            {draft ? t('history.draft') : t('history.sent', { n: version.number })}
          </span>
        </Link>
      </p>
    </section>
  );
}

function ChangeView({ change, lang, first }: { change: Change; lang: string; first: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (change.kind === 'testbeds') {
    return (
      <div>
        <dt>{t('history.testbeds')}</dt>
        <dd>
          <Text before={change.before} after={change.after} lang={language} first={first} />
        </dd>
      </div>
    );
  }
  const label = textIn(change.field.label as LocalText, language);
  return (
    <div>
      <dt lang={label.lang === language ? undefined : label.lang}>{label.text}</dt>
      <dd>
        {change.kind === 'text' ? (
          <Text before={change.before} after={change.after} lang={lang} first={first} />
        ) : (
          <ul class="version-files">
            {change.gone.map((file) => (
              <FileLine key={`-${file.sha256}`} word={t('history.gone')} file={file} gone />
            ))}
            {change.come.map((file) => (
              <FileLine key={`+${file.sha256}`} word={t('history.come')} file={file} />
            ))}
            {change.renamed.map((file) => (
              <FileLine key={`=${file.sha256}`} word={t('history.file.same')} file={file} />
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}

type TextProps = { before: string; after: string; lang: string; first: boolean };

function Text({ before, after, lang, first }: TextProps) {
  // In the first version everything is new: marking it all would only make it hard to read.
  if (first)
    return (
      <p class="version-text" dir="auto" lang={lang}>
        {after}
      </p>
    );
  return <TextDiff before={before} after={after} lang={lang} />;
}

function FileLine({ word, file, gone }: { word: string; file: Version['files'][number]; gone?: boolean }) {
  const t = useMessages(messages);
  return (
    <li>
      <span class="small muted">{word}</span>{' '}
      {gone ? <del dir="auto">{file.name}</del> : <ins dir="auto">{file.name}</ins>}
      <br />
      <span class="small muted">{t('history.hash')}</span> <code class="hash">{file.sha256}</code>
    </li>
  );
}
