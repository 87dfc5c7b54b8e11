import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ProblemError } from '~/api/problem';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SaveStatus } from '~/components/SaveStatus';
import { Notes } from '~/features/correction/Notes';
import { isOpen } from '~/features/correction/reopened';
import { messages as question } from '~/features/question/messages';
import { sayLack } from '~/features/question/words';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { AnswerField } from './AnswerField';
import { type Entry, type EntryField, type EntrySection, may, useEntry } from './api';
import { askedOf } from './asked';
import { messages } from './messages';
import { useAnswers } from './use-answers';
import { lackOf } from './words';

// Who may still write needs none of it.
const readOnly = () => import('./ReadOnly').then((found) => ({ default: found.ReadOnly }));

const formNews = () => import('./FormNews').then((found) => ({ default: found.FormNews }));
const fileField = () => import('./FileField').then((found) => ({ default: found.FileField }));

/** One section of an entry's form. */
export default function SectionPage({ params }: PageProps) {
  const query = useEntry(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(entry) => {
        const section = entry.sections.find((each) => each.key === params.section);
        if (!section) return <Gone entry={entry} />;
        return <SectionView key={section.key} entry={entry} section={section} />;
      }}
    </QueryView>
  );
}

/** The city took the section out of the form while it was open, or an old link leads here. */
function Gone({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  return (
    <Page
      narrow
      title={t('section.gone')}
      above={<Link href={`/my/entries/${entry.id}`}>{t('back', { reference: entry.reference })}</Link>}
      lead={<p>{t('section.gone.text')}</p>}
    >
      <Later load={formNews} messages={[]} props={{ entry }} />
      <p class="actions">
        <LinkButton href={`/my/entries/${entry.id}`} kind="primary">
          {t('section.all')}
        </LinkButton>
      </p>
    </Page>
  );
}

function SectionView({ entry, section }: { entry: Entry; section: EntrySection }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const label = textIn(section.label as LocalText, language);
  const at = entry.sections.indexOf(section);
  const next = entry.sections[at + 1];
  const editable = may(entry, 'entry.edit');
  return (
    <Page
      narrow
      title={label.text}
      titleLang={label.lang === language ? undefined : label.lang}
      above={
        <>
          <Link href={`/my/entries/${entry.id}`}>{t('back', { reference: entry.reference })}</Link>
          <span class="small muted">{t('section.of', { n: at + 1, of: entry.sections.length })}</span>
        </>
      }
    >
      {entry.correction ? <Notes entry={entry} alone /> : null}
      {entry.formVersion > entry.formSeen ? <Later load={formNews} messages={[]} props={{ entry }} /> : null}
      {editable ? (
        <Fields entry={entry} section={section} />
      ) : (
        <Later load={readOnly} messages={[]} props={{ entry, section }} />
      )}
      {editable && entry.correction ? (
        <Later
          load={readOnly}
          messages={[]}
          props={{ entry, section, only: (field: EntryField) => !isOpen(entry, field) }}
        />
      ) : null}
      <p class="actions">
        <LinkButton
          href={next ? `/my/entries/${entry.id}/edit/${next.key}` : `/my/entries/${entry.id}/check`}
          kind="primary"
        >
          {next ? t('section.next', { name: textIn(next.label as LocalText, language).text }) : t('check.go')}
        </LinkButton>
        <LinkButton href={`/my/entries/${entry.id}`} kind="outline">
          {t('section.all')}
        </LinkButton>
      </p>
    </Page>
  );
}

function Fields({ entry, section }: { entry: Entry; section: EntrySection }) {
  const t = useMessages(messages);
  const say = useMessages(question);
  const language = useLanguage();
  const all = entry.fields.filter((field) => field.section === section.key);
  const typed = all.filter((field) => field.kind !== 'file' && isOpen(entry, field));
  const answers = useAnswers(
    entry,
    typed.map((field) => field.id),
  );
  const own = new Set(typed.map((field) => field.id));
  // What depends on a choice comes and goes as the choice is made.
  const asked = askedOf(entry, (id) => (own.has(id) ? answers.value(id) : undefined));
  const fields = all.filter((field) => asked.has(field.key) && isOpen(entry, field));
  // Coming from the check page, what is missing is said at the fields.
  const sent = location.hash.startsWith('#f-');
  useEffect(() => {
    if (sent) document.getElementById(location.hash.slice(1))?.focus();
  }, [sent]);
  const errorOf = (field: (typeof fields)[number]) => {
    const lack = lackOf(entry.missing, field);
    return lack && (sent || lack.code !== 'required') ? sayLack(lack, field, say, language) : undefined;
  };
  const failure = answers.save.error;
  return (
    <form class="form" noValidate onSubmit={(event) => event.preventDefault()}>
      {typed.length > 0 ? <p class="small muted">{t('autosave')}</p> : null}
      {fields.map((field) =>
        field.kind === 'file' ? (
          <Later
            key={field.id}
            load={fileField}
            messages={[]}
            props={{ entry, field, error: errorOf(field) }}
          />
        ) : (
          <AnswerField
            key={field.id}
            entry={entry}
            field={field}
            answers={answers}
            // A fault that the text typed since may have mended is not said over it.
            error={answers.save.state === 'waiting' ? undefined : errorOf(field)}
          />
        ),
      )}
      {typed.length > 0 ? <SaveStatus save={answers.save} /> : null}
      {answers.save.state === 'failed' && failure instanceof ProblemError && failure.status > 0 ? (
        <Notice tone="danger" live title={failure.message} />
      ) : null}
    </form>
  );
}
