import { Notice } from '~/components/Notice';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Detail } from './api';
import { messages } from './messages';
import { OpenFile } from './OpenFile';

type Asked = Detail['corrections'][number];

/** What was asked for, and each field before and after. */
export function Corrections({ detail }: { detail: Detail }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (detail.corrections.length === 0) return null;
  return (
    <section class="section" aria-labelledby="corrections">
      <h2 id="corrections">{t('corrections')}</h2>
      {detail.corrections.map((each) => (
        <div key={each.askedAt} class="stack">
          <Notice
            tone={each.sentAt ? 'success' : 'info'}
            title={t(
              each.sentAt ? 'correction.sent' : each.open ? 'correction.waiting' : 'correction.unanswered',
            )}
          >
            <p>
              {t('until.label')}: <When at={each.until} zone={detail.timeZone} />
            </p>
            {each.sentAt ? (
              <p>
                {t('correction.sentAt')}: <When at={each.sentAt} zone={detail.timeZone} />
              </p>
            ) : null}
            <p class="screening-text" lang={each.language === language ? undefined : each.language}>
              {each.note}
            </p>
          </Notice>
          {each.fields.map((field) => (
            <Field key={field.key} field={field} sent={!!each.sentAt} lang={detail.item.language} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Field({ field, sent, lang }: { field: Asked['fields'][number]; sent: boolean; lang: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const label = textIn(field.label, language);
  const textLang = lang === language ? undefined : lang;
  return (
    <section class="stack">
      <h3 lang={label.lang === language ? undefined : label.lang}>
        {label.text} {sent ? <Tag>{t(field.changed ? 'changed' : 'unchanged')}</Tag> : null}
      </h3>
      <div class="screening-compare">
        <div class="panel">
          <h4>{t('before')}</h4>
          <Value text={field.before} files={field.filesBefore} lang={textLang} />
        </div>
        {sent ? (
          <div class="panel">
            <h4>{t('after')}</h4>
            <Value text={field.after} files={field.filesAfter} lang={textLang} />
          </div>
        ) : null}
      </div>
    </section>
  );
}

function Value({
  text,
  files,
  lang,
}: {
  text: string;
  files: Asked['fields'][number]['filesBefore'];
  lang?: string;
}) {
  const t = useMessages(messages);
  if (files.length > 0) return files.map((file) => <OpenFile key={file.id} file={file} />);
  return text ? (
    <p class="screening-text" lang={lang} dir="auto">
      {text}
    </p>
  ) : (
    <p class="muted">{t('empty')}</p>
  );
}
