import { Tag } from '~/components/Tag';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Detail } from './api';
import { messages } from './messages';

/** What the team itself said to the eligibility questions; an answer that does not fit stands out in words. */
export function Eligible({ detail }: { detail: Detail }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (detail.eligibility.length === 0) return null;
  return (
    <section class="section" aria-labelledby="eligible">
      <h2 id="eligible">{t('eligible')}</h2>
      <p class="muted">{t('eligible.text')}</p>
      <dl class="facts">
        {detail.eligibility.map((each) => {
          const text = textIn(each.text, language);
          return (
            <div key={each.key}>
              <dt lang={text.lang === language ? undefined : text.lang}>{text.text}</dt>
              <dd>
                {each.answer === undefined ? (
                  t('eligible.open')
                ) : (
                  <>
                    {t(each.answer ? 'eligible.yes' : 'eligible.no')}{' '}
                    <Tag tone={each.answer === each.expected ? 'success' : 'danger'}>
                      {t(each.answer === each.expected ? 'eligible.fits' : 'eligible.unfit')}
                    </Tag>
                  </>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
