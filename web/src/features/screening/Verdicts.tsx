import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Detail } from './api';
import { messages } from './messages';

/** Every verdict on an entry, newest first; those undone are said to be. */
export function Verdicts({ detail }: { detail: Detail }) {
  const t = useMessages(messages);
  if (detail.verdicts.length === 0) return null;
  return (
    <section class="section" aria-labelledby="verdicts">
      <h2 id="verdicts">{t('verdicts')}</h2>
      <ol class="stack screening-verdicts">
        {detail.verdicts.map((each) => (
          <One key={each.at} each={each} zone={detail.timeZone} />
        ))}
      </ol>
    </section>
  );
}

type Verdict = Detail['verdicts'][number];

function One({ each, zone }: { each: Verdict; zone: string }) {
  const t = useMessages(messages);
  return (
    <li class="panel">
      <p class="marks">
        <Tag tone={each.undoneAt ? undefined : each.passed ? 'success' : 'danger'}>
          {t(each.passed ? 'state.passed' : 'state.failed')}
        </Tag>
        <When at={each.at} zone={zone} />
        {each.by ? <span class="muted">{each.by}</span> : null}
      </p>
      <Why each={each} />
      {each.toldAt ? (
        <p class="small muted">
          {t('told.at')}
          <When at={each.toldAt} zone={zone} />
        </p>
      ) : null}
      {each.undoneAt ? (
        <p class="small muted">
          {t('undone.at')}
          <When at={each.undoneAt} zone={zone} />
        </p>
      ) : null}
    </li>
  );
}

/** The reasons, and the official's own words. */
function Why({ each }: { each: Verdict }) {
  const language = useLanguage();
  return (
    <>
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
    </>
  );
}
