import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { QueryView } from '~/components/QueryView';
import { AnswerText } from '~/features/question/AnswerText';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import { OpenFile } from './OpenFile';

type Found = components['schemas']['Entry'];

/** The answers and files as they were last submitted. */
export function Contents({ entry }: { entry: string }) {
  const t = useMessages(messages);
  const query = useQuery({
    queryKey: ['entry', entry],
    queryFn: () => ok(api.GET('/entries/{id}', { params: { path: { id: entry } } })),
  });
  return (
    <section class="section" aria-labelledby="contents">
      <h2 id="contents">{t('contents')}</h2>
      <QueryView query={query}>
        {(found) => (
          <dl class="facts">
            {found.fields.map((field) => (
              <Answer key={field.id} entry={found} field={field} />
            ))}
          </dl>
        )}
      </QueryView>
    </section>
  );
}

function Answer({ entry, field }: { entry: Found; field: Found['fields'][number] }) {
  const language = useLanguage();
  const label = textIn(field.label, language);
  const files = entry.files.filter((file) => file.fieldId === field.id);
  return (
    <div>
      <dt lang={label.lang === language ? undefined : label.lang}>{label.text}</dt>
      <dd>
        {files.length > 0 ? (
          files.map((file) => <OpenFile key={file.id} file={file} />)
        ) : (
          <AnswerText
            field={field}
            value={entry.answers.find((answer) => answer.fieldId === field.id)?.value ?? ''}
            lang={entry.language}
          />
        )}
      </dd>
    </div>
  );
}
