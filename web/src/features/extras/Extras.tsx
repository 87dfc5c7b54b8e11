import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Disclosure } from '~/components/Disclosure';
import { Markdown } from '~/components/Markdown';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { AfterDeadline } from './AfterDeadline';
import { messages } from './messages';
import { Source } from './Source';

type Extras = components['schemas']['ChallengeExtras'];
type Props = { challenge: components['schemas']['ChallengeDetail'] };

/** What stands beside the texts of a challenge: eligibility questions, terms, files, and how late is late. */
export default function ChallengeExtras({ challenge }: Props) {
  const lang = useLanguage();
  const { id, slug, phase, source } = challenge;
  // Read as its authors see it before it is published.
  const draft = phase === 'draft';
  const query = { lang };
  const { data } = useQuery({
    queryKey: draft ? ['managed', id, 'extras', lang] : ['challenge-extras', slug, lang],
    queryFn: () =>
      draft
        ? ok(api.GET('/manage/challenges/{id}/extras', { params: { path: { id }, query } }))
        : ok(api.GET('/challenges/{slug}/extras', { params: { path: { slug }, query } })),
  });
  if (!data) return null;
  return (
    <>
      <Questions questions={data.eligibility} />
      <Terms terms={data.terms} />
      <Resources resources={data.resources} />
      {source ? <Source source={source} /> : <AfterDeadline challenge={challenge} />}
    </>
  );
}

function Questions({ questions }: { questions: Extras['eligibility'] }) {
  const t = useMessages(messages);
  if (questions.length === 0) return null;
  return (
    <section class="section" aria-labelledby="eligibility">
      <h2 id="eligibility">{t('eligibility.title')}</h2>
      <p>{t('eligibility.lead')}</p>
      <ol class="prose">
        {questions.map(({ key, text, explanation, expected, blocking }) => (
          <li key={key}>
            <strong lang={text.lang}>{text.text}</strong>{' '}
            {t(blocking ? 'eligibility.needed' : 'eligibility.wished', {
              answer: t(expected ? 'eligibility.yes' : 'eligibility.no'),
            })}
            <br />
            <span class="muted" lang={explanation.lang}>
              {explanation.text}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Terms({ terms }: { terms: Extras['terms'] }) {
  const t = useMessages(messages);
  if (!terms) return null;
  return (
    <section class="section" aria-labelledby="ip">
      <h2 id="ip">{t('terms.title')}</h2>
      <Disclosure summary={terms.name}>
        <Markdown html={terms.html} />
      </Disclosure>
    </section>
  );
}

/** Each link counts and leads on, without cookies; a file of the store is a download. */
function Resources({ resources }: { resources: Extras['resources'] }) {
  const t = useMessages(messages);
  const lang = useLanguage();
  if (resources.length === 0) return null;
  const size = (bytes: number) =>
    new Intl.NumberFormat(lang, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
      Math.max(1, bytes / 1024),
    );
  return (
    <section class="section" aria-labelledby="resources">
      <h2 id="resources">{t('resources.title')}</h2>
      <ul class="prose">
        {resources.map(({ id, kind, title, href, host, type, size: bytes, scanned }) => (
          <li key={id}>
            <a href={href} rel="noreferrer" lang={title.lang === lang ? undefined : title.lang}>
              {title.text}
            </a>{' '}
            <span class="muted">
              {kind === 'link'
                ? t('resources.link', { host: host ?? '' })
                : t('resources.file', { type: kindOf(type ?? ''), size: size(bytes ?? 0) })}
              {kind === 'file' && scanned === false ? ` · ${t('resources.unscanned')}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "application/pdf" as people say it: PDF. */
function kindOf(type: string): string {
  const names: [RegExp, string][] = [
    [/wordprocessing/, 'DOCX'],
    [/spreadsheetml/, 'XLSX'],
    [/presentation/, 'PPTX'],
    [/opendocument\.text/, 'ODT'],
    [/opendocument\.spreadsheet/, 'ODS'],
    [/plain/, 'TXT'],
    [/tab-separated/, 'TSV'],
    [/geo\+json/, 'GeoJSON'],
    [/sqlite/, 'SQLite'],
  ];
  const known = names.find(([form]) => form.test(type));
  return known ? known[1] : (type.split('/').at(-1) ?? '').toUpperCase();
}
