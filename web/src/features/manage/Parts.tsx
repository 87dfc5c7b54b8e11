import type { Tone } from '~/components/Notice';
import { ProgressBar } from '~/components/ProgressBar';
import { QueryView } from '~/components/QueryView';
import { type Task, TaskList } from '~/components/TaskList';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Authoring, type Managed, type ManagedText, useAuthoring } from './api';
import { messages } from './messages';
import { lacks, placeOf } from './parts';

/** The sections of a challenge in any order, each with its state and what is missing. */
export function Parts({ challenge }: { challenge: Managed }) {
  return (
    <QueryView query={useAuthoring(challenge.id)}>
      {(authoring) => <Sections challenge={challenge} authoring={authoring} />}
    </QueryView>
  );
}

function Sections({ challenge, authoring }: { challenge: Managed; authoring: Authoring }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const open = challenge.allowedActions.includes('challenge.edit');
  const stateOf = (n: number, complete: boolean): { status: string; tone?: Tone } => {
    if (n > 0) return { status: t('part.edits', { n }), tone: 'warning' };
    if (!complete) return { status: t('part.incomplete'), tone: 'warning' };
    return open ? { status: t('part.done'), tone: 'success' } : { status: t('part.fixed') };
  };
  const tasks: Task[] = authoring.sections.map((section) => {
    const edits = authoring.edits.filter((edit) => edit.section === section.key && !edit.doneAt);
    return {
      href: placeOf(challenge, section.key),
      title: textIn(section.label, language).text,
      hint: lacks(section, t).join(' · ') || undefined,
      ...stateOf(edits.length, section.complete),
    };
  });
  const all = authoring.sections.length;
  const done = authoring.complete;
  return (
    <div class="stack">
      {open ? (
        <ProgressBar
          label={t('parts.progress')}
          value={done}
          max={all}
          text={t('parts.progress.text', { done, all })}
        />
      ) : null}
      <TaskList tasks={tasks} />
    </div>
  );
}

/** The other languages of a challenge, each with its state. */
export function Translations({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const tasks = challenge.texts
    .filter((text) => text.lang !== challenge.language)
    .map((text): Task => {
      const kind = kindOf(text);
      return {
        href: `/manage/challenges/${challenge.id}/text?lang=${text.lang}`,
        title: t('overview.translation', { language: t(`lang.${text.lang}`) }),
        status: t(`part.${kind}`),
        tone: tones[kind],
      };
    });
  return <TaskList tasks={tasks} />;
}

const tones: Partial<Record<'done' | 'stale' | 'pending', Tone>> = { done: 'success', stale: 'warning' };

function kindOf(text: ManagedText): 'done' | 'stale' | 'pending' {
  if (!text.title) return 'pending';
  return text.stale ? 'stale' : 'done';
}
