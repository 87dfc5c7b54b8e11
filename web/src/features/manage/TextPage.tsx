import { Link } from 'wouter-preact';
import { languageTabs } from '~/components/language-tabs';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tabs } from '~/components/Tabs';
import { type Language, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { useQueryFilters } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { type Managed, type ManagedText, type TemplateSection, useManaged, useTemplate } from './api';
import { messages } from './messages';
import { Onward } from './Onward';
import { TextEditor } from './TextEditor';

/** The texts of a challenge, one language a tab; translations beside the original. */
export default function TextPage({ params }: PageProps) {
  const challenge = useManaged(params.id ?? '');
  const template = useTemplate();
  return (
    <QueryView query={challenge} page>
      {(data) => (
        <QueryView query={template} page>
          {({ sections }) => <Texts challenge={data} sections={sections} />}
        </QueryView>
      )}
    </QueryView>
  );
}

function Texts({ challenge, sections }: { challenge: Managed; sections: TemplateSection[] }) {
  const t = useMessages(messages);
  const { filters, set } = useQueryFilters({ lang: challenge.language as string });
  const chosen = (languages as readonly string[]).includes(filters.lang)
    ? (filters.lang as Language)
    : challenge.language;
  const note = (lang: Language) => {
    if (lang === challenge.language) return t('text.original');
    const text = textOf(challenge, lang);
    return t(!text?.title ? 'text.pending' : text.stale ? 'text.stale' : 'text.ready');
  };
  const text = textOf(challenge, chosen);
  const original = textOf(challenge, challenge.language);
  const translation = chosen !== challenge.language;
  const may = challenge.allowedActions.includes(translation ? 'challenge.translate' : 'challenge.edit');
  return (
    <Page
      title={t('text.title')}
      above={<Link href={`/manage/challenges/${challenge.id}`}>{t('back')}</Link>}
      middle
    >
      <Tabs
        label={t('text.tabs')}
        tabs={languageTabs(note)}
        chosen={chosen}
        onChoose={(lang) => set('lang', lang)}
      >
        {text && original && may ? (
          <TextEditor
            key={chosen}
            id={challenge.id}
            text={text}
            original={translation ? original : undefined}
            sections={sections}
          />
        ) : (
          <Notice title={t('text.fixed')}>
            <p>{t(challenge.state === 'published' ? 'text.fixed.published' : 'text.fixed.sent')}</p>
            <p>
              <Link href={`/manage/challenges/${challenge.id}/preview`}>{t('overview.preview')}</Link>
            </p>
          </Notice>
        )}
      </Tabs>
      <Onward id={challenge.id} from="text" />
    </Page>
  );
}

const textOf = (challenge: Managed, lang: Language): ManagedText | undefined =>
  challenge.texts.find((each) => each.lang === lang);
