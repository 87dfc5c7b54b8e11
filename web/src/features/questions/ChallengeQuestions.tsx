import { LinkButton } from '~/components/LinkButton';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useBoard } from './api';
import { Item } from './Item';
import { messages } from './messages';
import './questions.css';

/** On a challenge's page: the newest public answers, and the way to ask. */
export default function ChallengeQuestions({ slug }: { slug: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const board = useBoard(slug, language, '', 3).data?.pages[0];
  if (!board || (board.total === 0 && !board.open)) return null;
  return (
    <section class="section" aria-labelledby="questions">
      <h2 id="questions">{t('board.title')}</h2>
      {board.items.length === 0 ? (
        <p>{t('board.empty')}</p>
      ) : (
        <ul class="questions">
          {board.items.map((question) => (
            <Item key={question.id} question={question} />
          ))}
        </ul>
      )}
      <p class="actions">
        <LinkButton href={`/challenges/${slug}/questions`} kind="outline">
          {board.total > board.items.length
            ? t('board.all', { n: board.total })
            : t(board.open ? 'ask.title' : 'board.see')}
        </LinkButton>
      </p>
    </section>
  );
}
