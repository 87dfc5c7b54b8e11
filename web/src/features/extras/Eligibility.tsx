import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import { Disclosure } from '~/components/Disclosure';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import type { Language } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { eligibilityField, eligibilityKey, useEligibility } from './eligibility';
import { messages } from './messages';

type Asked = components['schemas']['AskedEligibility'];
type Answered = components['schemas']['EntryEligibility'];

type Props = {
  entryId: string;
  /** Given on the page before sending: shows the terms of that challenge as well. */
  slug?: string;
  /** After a try to send: what is said at the questions, by the control's name. */
  refused?: string[];
};

/** The eligibility questions of an entry, answered where they stand, and the terms that sending accepts. */
export default function Eligibility({ entryId, slug, refused = [] }: Props) {
  const lang = useLanguage();
  const { data } = useEligibility(entryId, lang);
  const keep = (answered: Answered) => {
    queries.setQueryData(eligibilityKey(entryId, lang), answered);
    void queries.invalidateQueries({ queryKey: ['entry', entryId] }); // what is missing has changed
  };
  return (
    <>
      {data && data.items.length > 0 ? <Questions {...{ entryId, lang, keep, refused }} data={data} /> : null}
      {slug ? <Terms slug={slug} lang={lang} /> : null}
    </>
  );
}

type Questions = {
  entryId: string;
  lang: Language;
  data: Answered;
  keep: (data: Answered) => void;
  refused: string[];
};

function Questions({ entryId, lang, data, keep, refused }: Questions) {
  const t = useMessages(messages);
  const [failed, setFailed] = useState(false);
  const open = data.items.filter((item) => item.answer === undefined).length;
  const answer = async (key: string, value: boolean) => {
    try {
      keep(
        await ok(
          api.PUT('/entries/{id}/eligibility', {
            params: { path: { id: entryId }, query: { lang } },
            body: { answers: [{ key, answer: value }] },
          }),
        ),
      );
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <section class="section" aria-labelledby="eligibility">
      <h2 id="eligibility">{t('eligibility.ask')}</h2>
      {data.editable ? <p class="muted">{t('eligibility.ask.lead')}</p> : null}
      {failed ? <Notice tone="danger" live title={t('eligibility.failed')} /> : null}
      <div class="stack">
        {data.items.map((item) => (
          <Question
            key={item.key}
            item={item}
            editable={data.editable}
            refused={refused.includes(eligibilityField(item.key))}
            onAnswer={answer}
          />
        ))}
      </div>
      {open > 0 && data.editable ? <p role="status">{t('eligibility.open', { n: open })}</p> : null}
    </section>
  );
}

type Question = {
  item: Asked;
  editable: boolean;
  refused: boolean;
  onAnswer: (key: string, value: boolean) => void;
};

function Question({ item, editable, refused, onAnswer }: Question) {
  const t = useMessages(messages);
  const open = item.answer === undefined;
  const wrong = !open && item.answer !== item.expected;
  const say = (value: boolean) => t(value ? 'eligibility.yes' : 'eligibility.no');
  return (
    <div class="stack">
      {editable ? (
        <RadioGroup
          name={eligibilityField(item.key)}
          label={<span lang={item.text.lang}>{item.text.text}</span>}
          error={refused ? t(`eligibility.lack.${open ? 'required' : 'not_eligible'}`) : undefined}
          value={String(item.answer ?? '')}
          onValue={(value) => onAnswer(item.key, value === 'true')}
          options={[true, false].map((value) => ({ value: String(value), label: say(value) }))}
        />
      ) : (
        <p>
          <span lang={item.text.lang}>{item.text.text}</span>{' '}
          <strong>{item.answer === undefined ? t('eligibility.unanswered') : say(item.answer)}</strong>
        </p>
      )}
      {wrong ? (
        <Notice
          tone={item.blocking ? 'warning' : 'info'}
          live
          title={t(item.blocking ? 'eligibility.blocked' : 'eligibility.marked')}
        >
          <p lang={item.explanation.lang}>{item.explanation.text}</p>
        </Notice>
      ) : null}
    </div>
  );
}

function Terms({ slug, lang }: { slug: string; lang: Language }) {
  const t = useMessages(messages);
  const { data } = useQuery({
    queryKey: ['challenge-extras', slug, lang],
    queryFn: () => ok(api.GET('/challenges/{slug}/extras', { params: { path: { slug }, query: { lang } } })),
  });
  if (!data?.terms) return null;
  return (
    <Disclosure summary={t('terms.accept', { name: data.terms.name })}>
      <Markdown html={data.terms.html} />
    </Disclosure>
  );
}
