import type { Tone } from '~/components/Notice';
import { type Task, TaskList } from '~/components/TaskList';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Managed, type ManagedText, useTemplate } from './api';
import { messages } from './messages';

/** The parts of a challenge in any order, each with its state. */
export function Parts({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const sections = useTemplate().data?.sections ?? [];
  const at = `/manage/challenges/${challenge.id}`;
  const open = challenge.allowedActions.includes('challenge.edit');
  const missing = (start: RegExp) => challenge.missing.filter((each) => start.test(each.pointer));
  const state = (n: number): { status: string; tone?: Tone } => {
    if (n > 0) return { status: t('part.missing', { n }), tone: 'warning' };
    return open ? { status: t('part.done'), tone: 'success' } : { status: t('part.fixed') };
  };
  const texts = missing(/^\/texts\//);
  const names = sections
    .filter((section) => texts.some((each) => each.pointer === `/texts/${section.key}`))
    .map((section) => textIn(section.label, language).text);
  const list = new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' });
  const tasks: Task[] = [
    {
      href: `${at}/text`,
      title: t('overview.text', { language: t(`lang.${challenge.language}`) }),
      hint: names.length > 0 ? list.format(names) : t('overview.text.hint'),
      ...state(texts.length),
    },
    { href: `${at}/criteria`, title: t('overview.criteria'), ...state(missing(/^\/criteria/).length) },
    {
      href: `${at}/settings`,
      title: t('overview.settings'),
      ...state(missing(/^\/(?:testbedIds|dates|slug|cityIds)/).length),
    },
  ];
  for (const text of challenge.texts) {
    if (text.lang === challenge.language) continue;
    const kind = kindOf(text);
    tasks.push({
      href: `${at}/text?lang=${text.lang}`,
      title: t('overview.translation', { language: t(`lang.${text.lang}`) }),
      status: t(`part.${kind}`),
      tone: tones[kind],
    });
  }
  return <TaskList tasks={tasks} />;
}

const tones: Partial<Record<'done' | 'stale' | 'pending', Tone>> = { done: 'success', stale: 'warning' };

function kindOf(text: ManagedText): 'done' | 'stale' | 'pending' {
  if (!text.title) return 'pending';
  return text.stale ? 'stale' : 'done';
}
