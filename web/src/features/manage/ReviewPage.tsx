import { Link } from 'wouter-preact';
import { Disclosure } from '~/components/Disclosure';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { TextDiff } from '~/components/TextDiff';
import { When } from '~/components/When';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Authoring, type Managed, type PartState, useAuthoring, useManaged } from './api';
import { EditForm, Edits } from './Edits';
import { Lines } from './Lines';
import './manage.css';
import { messages } from './messages';
import { Onward } from './Onward';
import { useAnchor } from './use-anchor';

/** A challenge section by section for whoever reviews it: what it says, what changed, what was asked for. */
export default function ReviewPage({ params }: PageProps) {
  const id = params.id ?? '';
  const challenge = useManaged(id);
  const authoring = useAuthoring(id);
  return (
    <QueryView query={challenge} page>
      {(data) => (
        <QueryView query={authoring} page>
          {(sheet) => <Review challenge={data} authoring={sheet} />}
        </QueryView>
      )}
    </QueryView>
  );
}

function Review({ challenge, authoring }: { challenge: Managed; authoring: Authoring }) {
  const t = useMessages(messages);
  useAnchor();
  const { changes, changesSince } = authoring;
  return (
    <Page
      title={t('review.title')}
      lead={authoring.mayRequestEdits ? <p>{t('review.lead')}</p> : undefined}
      above={<Link href={`/manage/challenges/${challenge.id}`}>{t('back')}</Link>}
      narrow
    >
      {changesSince ? (
        <Notice title={t(changes.length > 0 ? 'review.changed' : 'review.unchanged', { n: changes.length })}>
          <p>
            {t('review.since')} <When at={changesSince} />
          </p>
        </Notice>
      ) : null}
      {authoring.sections.map((section) => (
        <Section key={section.key} section={section} authoring={authoring} lang={challenge.language} />
      ))}
      <Onward id={challenge.id} from="review" />
    </Page>
  );
}

function Section(props: { section: PartState; authoring: Authoring; lang: Language }) {
  const { section, authoring, lang } = props;
  const t = useMessages(messages);
  const language = useLanguage();
  const label = textIn(section.label, language).text;
  const change = authoring.changes.find((each) => each.section === section.key);
  const textLang = lang === language ? undefined : lang;
  return (
    <section class="section" id={`part-${section.key}`} aria-labelledby={`h-${section.key}`}>
      <h2 id={`h-${section.key}`}>
        {label} {change ? <Tag tone="info">{t('review.tag')}</Tag> : null}
      </h2>
      {change ? (
        <TextDiff before={change.before} after={change.after} lang={lang} />
      ) : section.html ? (
        <Markdown html={section.html} lang={textLang} />
      ) : section.text ? (
        <Lines text={section.text} lang={textLang} />
      ) : (
        <p class="muted">{t('review.empty')}</p>
      )}
      <Edits authoring={authoring} parts={[section.key]} />
      {authoring.mayRequestEdits ? (
        <Disclosure summary={t('edits.request', { section: label })}>
          <EditForm authoring={authoring} part={section.key} label={label} />
        </Disclosure>
      ) : null}
    </section>
  );
}
