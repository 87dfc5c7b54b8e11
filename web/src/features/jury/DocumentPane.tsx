import { useState } from 'preact/hooks';
import type { components } from '~/api/schema';
import { Later } from '~/components/Later';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { Tabs } from '~/components/Tabs';
import { sayValue } from '~/features/question/words';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Assignment, Queue } from './api';
import { type FileLink, FileView } from './FileView';
import { messages } from './messages';

type Answer = components['schemas']['JuryAnswer'];
type Paper = Pick<Assignment, 'id' | 'language' | 'answers' | 'files'>;
type Props = {
  assignment: Paper;
  queue: Pick<Queue, 'language'>;
  /** The juror's own scores of all entries, to compare with. */
  own?: Queue;
  /** Where the address of a file comes from, if not from the assignment. */
  link?: FileLink;
};

/** What was submitted: the answers, each file, and the juror's own scores so far to compare with. */
export function DocumentPane({ assignment, queue, own, link }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [chosen, choose] = useState('answers');
  const file = assignment.files.find((each) => each.id === chosen);
  return (
    <Tabs
      label={t('document')}
      chosen={chosen}
      onChoose={choose}
      tabs={[
        { key: 'answers', label: t('answers') },
        ...assignment.files.map((each) => {
          const label = textIn(each.label, language, queue.language);
          return { key: each.id, label: label.text, lang: label.lang, note: each.name || undefined };
        }),
        ...(own ? [{ key: 'own', label: t('own') }] : []),
      ]}
    >
      {file ? (
        <FileView key={file.id} assignment={assignment.id} file={file} link={link} />
      ) : own && chosen === 'own' ? (
        <Later
          load={() => import('./AdjustScores')}
          messages={[]}
          props={{ queue: own, current: assignment.id }}
        />
      ) : (
        <Answers assignment={assignment} queue={queue} />
      )}
    </Tabs>
  );
}

function Answers({ assignment, queue }: Pick<Props, 'assignment' | 'queue'>) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <div class="sheet">
      {assignment.answers.length === 0 ? <Notice>{t('answers.none')}</Notice> : null}
      {assignment.answers.map((each) => {
        const label = textIn(each.label, language, queue.language);
        return (
          <section key={each.key} class="sheet-part">
            <h2 lang={label.lang}>{label.text}</h2>
            <Value answer={each} lang={assignment.language} />
          </section>
        );
      })}
    </div>
  );
}

function Value({ answer, lang }: { answer: Answer; lang: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (answer.html !== undefined) {
    return (
      <div lang={lang} dir="auto">
        <Markdown html={answer.html} />
      </div>
    );
  }
  if (answer.choice) {
    const choice = textIn(answer.choice, language);
    return <p lang={choice.lang}>{choice.text}</p>;
  }
  if (answer.choices) {
    return (
      <ul>
        {answer.choices.map((each) => {
          const choice = textIn(each, language);
          return (
            <li key={choice.text} lang={choice.lang}>
              {choice.text}
            </li>
          );
        })}
      </ul>
    );
  }
  if (answer.kind === 'number' || answer.kind === 'date')
    return <p>{sayValue(answer, answer.value, language)}</p>;
  if (answer.kind === 'link' && /^https?:\/\//.test(answer.value)) {
    return (
      <p>
        <a href={answer.value} target="_blank" rel="noopener noreferrer">
          {answer.value}
        </a>{' '}
        <span class="small muted">{t('newTab')}</span>
      </p>
    );
  }
  return (
    <p lang={lang} dir="auto">
      {answer.value}
    </p>
  );
}
