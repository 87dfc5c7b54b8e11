import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { idOf } from '~/components/Field';
import { Notice } from '~/components/Notice';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Entry, type EntryField, may, renewEntry } from './api';
import { messages } from './messages';
import '~/features/question/question.css';

/** What the city changed in the form since the team last said that it had seen it. */
export function FormNews({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const [failed, setFailed] = useState(false);
  const added = entry.fields.filter((field) => field.news === 'added');
  const changed = entry.fields.filter((field) => field.news === 'changed');
  const gone = entry.dropped.filter((field) => field.since > entry.formSeen);
  if (added.length + changed.length + gone.length === 0 || !may(entry, 'entry.edit')) return null;
  const seen = async () => {
    setFailed(false);
    try {
      await ok(
        api.POST('/entries/{id}/form-seen', {
          params: { path: { id: entry.id } },
          body: { version: entry.formVersion },
        }),
      );
      await renewEntry(entry.id);
    } catch {
      setFailed(true);
    }
  };
  return (
    <Notice tone="warning" title={t('news.title')}>
      <p>{t(entry.lastSubmission ? 'news.sent' : 'news.draft')}</p>
      <NewsList title={t('news.added')} entry={entry} fields={added} />
      <NewsList title={t('news.changed')} entry={entry} fields={changed} />
      {gone.length > 0 ? (
        <>
          <p>{t('news.gone')}</p>
          <ul class="answer-options">
            {gone.map((each) => (
              <li key={each.key}>
                <Label text={each.label as LocalText} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p>
        <Button kind="outline" onClick={() => void seen()}>
          {t('news.seen')}
        </Button>
      </p>
      {failed ? <p class="error-text">{t('failed')}</p> : null}
    </Notice>
  );
}

function NewsList({ title, entry, fields }: { title: string; entry: Entry; fields: EntryField[] }) {
  if (fields.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <ul class="answer-options">
        {fields.map((field) => (
          <li key={field.id}>
            <Link href={`/my/entries/${entry.id}/edit/${field.section}#${idOf(`fields.${field.key}`)}`}>
              <Label text={field.label as LocalText} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A text in the reader's language where there is one. */
export function Label({ text }: { text: LocalText }) {
  const language = useLanguage();
  const label = textIn(text, language);
  return <span lang={label.lang === language ? undefined : label.lang}>{label.text}</span>;
}
