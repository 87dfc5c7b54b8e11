import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Detail } from './api';
import { messages } from './messages';

/** Every verdict on an entry, newest first; those undone are said to be. */
export function Verdicts({ detail }: { detail: Detail }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (detail.verdicts.length === 0) return null;
  return (
    <section class="section" aria-labelledby="verdicts">
      <h2 id="verdicts">{t('verdicts')}</h2>
      <ol class="stack screening-verdicts">
        {detail.verdicts.map((each) => (
          <li key={each.at} class="panel">
            <p class="marks">
              <Tag tone={each.undoneAt ? undefined : each.passed ? 'success' : 'danger'}>
                {t(each.passed ? 'state.passed' : 'state.failed')}
              </Tag>
              <When at={each.at} zone={detail.timeZone} />
              {each.by ? <span class="muted">{each.by}</span> : null}
            </p>
            {each.reasons.length > 0 ? (
              <ul class="prose">
                {each.reasons.map((reason) => {
                  const label = textIn(reason.label, language);
                  return (
                    <li key={reason.key} lang={label.lang === language ? undefined : label.lang}>
                      {label.text}
                    </li>
                  );
                })}
              </ul>
            ) : null}
            {each.note ? (
              <p class="screening-text" lang={each.language === language ? undefined : each.language}>
                {each.note}
              </p>
            ) : null}
            {each.toldAt ? (
              <p class="small muted">
                {t('told.at')} <When at={each.toldAt} zone={detail.timeZone} />
              </p>
            ) : null}
            {each.undoneAt ? (
              <p class="small muted">
                {t('undone.at')} <When at={each.undoneAt} zone={detail.timeZone} />
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
