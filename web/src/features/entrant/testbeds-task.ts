import type { Task } from '~/components/TaskList';
import { useMessages } from '~/i18n/use-messages';
import { useTestbeds } from './api';
import { messages } from './messages';

/** The line of the task list that leads to the order of testbeds; none where there is nothing to choose. */
export function useTestbedsTask(entry: string): Task[] {
  const t = useMessages(messages);
  const { data } = useTestbeds(entry);
  if (!data || data.options.length === 0) return [];
  const n = data.ranked.length;
  return [
    {
      href: `/my/entries/${entry}/testbeds`,
      title: t('testbeds.task'),
      status: t('testbeds.set', { n }),
      hint: t('testbeds.optional'),
      tone: n > 0 ? 'success' : undefined,
    },
  ];
}
