import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { AnswerText } from '~/features/question/AnswerText';
import { useMessages } from '~/i18n/use-messages';
import type { EntryField } from './api';
import { messages } from './messages';
import type { Answers, Clash } from './use-answers';

type Props = { clash: Clash; field: EntryField; answers: Answers; lang: string };

/** Both texts side by side, and the choice: nothing is written over either before somebody decides. */
export function ClashNotice({ clash, field, answers, lang }: Props) {
  const t = useMessages(messages);
  const kept = 'kept' in clash;
  const words = kept
    ? ({
        theirs: 'clash.kept.theirs',
        yours: 'clash.kept.yours',
        keep: 'clash.kept.drop',
        take: 'clash.kept.take',
      } as const)
    : ({ theirs: 'clash.theirs', yours: 'clash.yours', keep: 'clash.keep', take: 'clash.take' } as const);
  const title = kept ? t('clash.kept') : t('clash.title', { name: clash.updatedBy ?? t('clash.somebody') });
  return (
    <Notice tone="warning" live title={title}>
      <div class="entry-clash">
        <div>
          <p>{t(words.yours)}</p>
          <blockquote>
            <AnswerText field={field} value={answers.value(field.id)} lang={lang} />
          </blockquote>
        </div>
        <div>
          <p>
            {t(words.theirs)} <When at={clash.updatedAt} short />
          </p>
          <blockquote>
            <AnswerText field={field} value={clash.value} lang={lang} />
          </blockquote>
        </div>
      </div>
      <p class="actions">
        <Button kind="outline" onClick={() => answers.keepOurs(field.id)}>
          {t(words.keep)}
        </Button>
        <Button kind="outline" onClick={() => answers.takeTheirs(field.id)}>
          {t(words.take)}
        </Button>
        {field.kind === 'short' || field.kind === 'long' ? (
          <Button
            kind="outline"
            onClick={() => answers.merge(field.id, field.kind === 'long' ? '\n\n' : ' / ')}
          >
            {t('clash.merge')}
          </Button>
        ) : null}
      </p>
    </Notice>
  );
}
