import { useEffect, useRef, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { AnswerForm } from './AnswerForm';
import { type Desk, type Managed, renew } from './api';
import { HideForm } from './HideForm';
import { messages } from './messages';
import { TranslateForm } from './TranslateForm';

type Props = { challenge: string; question: Managed; desk: Desk };
type Work = 'answer' | 'translate' | 'hide';

/** One question at the desk with what can be done about it. */
export function DeskItem({ challenge, question, desk }: Props) {
  const t = useMessages(messages);
  const [work, setWork] = useState<Work>();
  const [error, setError] = useState('');
  const item = useRef<HTMLLIElement>(null);
  const before = useRef<Work>();
  // The form takes the place of the button that opened it, and the other way round; so does the focus.
  useEffect(() => {
    if (before.current === work) return;
    before.current = work;
    item.current?.querySelector<HTMLElement>(work ? 'textarea' : 'button')?.focus();
  }, [work]);
  const close = () => setWork(undefined);
  const done = async (words: string) => {
    close();
    await renew(challenge);
    showToast(words);
  };
  const show = async () => {
    try {
      await ok(
        api.POST('/manage/questions/{id}/show', {
          params: { path: { id: question.id }, header: { 'If-Match': `"${question.version}"` } },
        }),
      );
      setError('');
      await done(t('show.done'));
    } catch (problem) {
      setError(problem instanceof ProblemError ? problem.message : t('failed'));
    }
  };
  return (
    <li class="question" ref={item}>
      <Head question={question} />
      <Answer question={question} />
      {error ? <Notice tone="danger" live title={error} /> : null}
      {work === undefined ? (
        <Deeds question={question} desk={desk} onWork={setWork} onShow={() => void show()} />
      ) : null}
      {work === 'answer' ? (
        <AnswerForm
          question={question}
          language={desk.language}
          onDone={(open) => done(t(open ? 'answer.done.public' : 'answer.done.private'))}
          onCancel={close}
        />
      ) : null}
      {work === 'translate' ? (
        <TranslateForm question={question} onDone={() => done(t('translate.done'))} onCancel={close} />
      ) : null}
      {work === 'hide' ? (
        <HideForm question={question} onDone={() => done(t('hide.done'))} onCancel={close} />
      ) : null}
    </li>
  );
}

type DeedsProps = { question: Managed; desk: Desk; onWork: (work: Work) => void; onShow: () => void };

function Deeds({ question, desk, onWork, onShow }: DeedsProps) {
  const t = useMessages(messages);
  const may = (action: string) => desk.allowedActions.includes(action);
  if (question.hidden) {
    if (!may('questions.answer')) return null;
    return (
      <p class="actions">
        <Button kind="outline" onClick={onShow}>
          {t('show.go')}
        </Button>
      </p>
    );
  }
  return (
    <p class="actions">
      {may('questions.answer') ? (
        <Button kind={question.answer ? 'outline' : 'primary'} onClick={() => onWork('answer')}>
          {t(question.answer ? 'answer.edit' : 'answer.go')}
        </Button>
      ) : null}
      {may('questions.translate') && question.answer ? (
        <Button kind="outline" onClick={() => onWork('translate')}>
          {t('translate.go')}
        </Button>
      ) : null}
      {may('questions.answer') ? (
        <Button kind="link" onClick={() => onWork('hide')}>
          {t('hide.go')}
        </Button>
      ) : null}
    </p>
  );
}

function Head({ question }: { question: Managed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const state = question.answer ? (question.public ? 'public' : 'private') : 'waiting';
  return (
    <>
      <div class="marks">
        {question.hidden ? <Tag tone="warning">{t('state.hidden')}</Tag> : null}
        <Tag tone={state === 'waiting' ? 'warning' : 'success'}>{t(`mark.${state}`)}</Tag>
        {question.public && question.wanting.length > 0 ? (
          <Tag>{t('mark.wanting', { n: question.wanting.length })}</Tag>
        ) : null}
      </div>
      <h2 class="question-text" lang={question.lang === language ? undefined : question.lang}>
        {question.text}
      </h2>
      <p class="small muted">
        {t('asked')}
        <When at={question.askedAt} />
        {question.askedBy ? ` · ${question.askedBy}` : null}
      </p>
      {question.hiddenReason ? (
        <p>
          {t('hide.reason')}: {question.hiddenReason}
        </p>
      ) : null}
    </>
  );
}

function Answer({ question }: { question: Managed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (!question.answerHtml) return null;
  return (
    <>
      <Markdown
        html={question.answerHtml}
        lang={question.answerLang === language ? undefined : question.answerLang}
      />
      <p class="small muted">
        {t('answered')}
        <When at={question.answeredAt ?? question.askedAt} />
        {question.answeredBy ? ` · ${question.answeredBy}` : null}
        {question.editedAt ? (
          <>
            {' · '}
            {t('edited')}
            <When at={question.editedAt} />
          </>
        ) : null}
      </p>
    </>
  );
}
