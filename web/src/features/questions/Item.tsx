import { LangText, TranslationPending } from '~/components/LangText';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Question } from './api';
import { messages } from './messages';
import './questions.css';

type Props = {
  question: Question;
  /** One's own: says where it stands and who reads the answer. */
  own?: boolean;
  level?: 2 | 3;
};

/** A question and its answer. Who asked is never said. */
export function Item({ question, own, level = 3 }: Props) {
  const t = useMessages(messages);
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <li class="question">
      {own ? <Standing question={question} /> : null}
      <Heading class="question-text">
        <LangText {...question.question} />
      </Heading>
      {question.hiddenReason ? (
        <Notice tone="warning" title={t('mine.hidden')}>
          <p>{question.hiddenReason}</p>
        </Notice>
      ) : null}
      {question.answerHtml ? (
        <Answer question={question} />
      ) : (
        <p class="small muted">
          {t('asked')}
          <When at={question.askedAt} />
        </p>
      )}
    </li>
  );
}

/** To who asked: is there an answer, and who else reads it. */
function Standing({ question }: { question: Question }) {
  const t = useMessages(messages);
  const answered = question.answerHtml !== undefined;
  const state = answered ? (question.public ? 'public' : 'private') : 'waiting';
  return (
    <div class="marks">
      <Tag tone={answered ? 'success' : undefined}>{t(`mine.${state}`)}</Tag>
    </div>
  );
}

function Answer({ question }: { question: Question }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { answerHtml = '', answerLang, editedAt } = question;
  const foreign = question.question.lang !== language ? question.question.lang : answerLang;
  return (
    <>
      {question.translationPending && foreign ? <TranslationPending lang={foreign} /> : null}
      <Markdown html={answerHtml} lang={answerLang === language ? undefined : answerLang} />
      <p class="small muted">
        {t('answered')}
        <When at={question.answeredAt ?? question.askedAt} />
        {editedAt ? (
          <>
            {' · '}
            {t('edited')}
            <When at={editedAt} />
          </>
        ) : null}
        {question.translationStale ? ` · ${t('stale')}` : null}
      </p>
    </>
  );
}
