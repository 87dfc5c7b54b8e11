import { AnswerText } from '~/features/question/AnswerText';
import type { LocalText } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import type { Entry } from './api';
import { FileItem } from './FileItem';
import { Label } from './FormNews';
import { messages } from './messages';

/** Answers to what is no longer asked: kept to be read, and no part of what is sent. */
export default function Dropped({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="dropped">
      <h2 id="dropped">{t('dropped.title')}</h2>
      <p>{t('dropped.text')}</p>
      <dl class="facts">
        {entry.dropped.map((each) => (
          <div key={each.key}>
            <dt>
              <Label text={each.label as LocalText} />
            </dt>
            <dd>
              {each.kind === 'file' ? (
                each.files.map((file) => <FileItem key={file.id} file={file} />)
              ) : (
                <AnswerText
                  field={{ ...each, unit: each.unit ?? {} }}
                  value={each.value}
                  lang={entry.language}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
