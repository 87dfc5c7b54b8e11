import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Disclosure } from '~/components/Disclosure';
import { Markdown } from '~/components/Markdown';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Extras = components['schemas']['ChallengeExtras'];
type Props = {
  id: string;
  slug: string;
  /** Read as its authors see it before it is published. */
  draft: boolean;
};

/** What stands beside the texts of a challenge: eligibility questions, terms. */
export default function ChallengeExtras({ id, slug, draft }: Props) {
  const lang = useLanguage();
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
      <Disclosure summary={terms.name} open>
        <Markdown html={terms.html} />
      </Disclosure>
    </section>
  );
}
