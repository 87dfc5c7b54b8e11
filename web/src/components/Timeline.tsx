import type { ComponentChildren } from 'preact';
import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';

export type Step = {
  name: string;
  /** Usually <When>. */
  date?: ComponentChildren;
  state: 'done' | 'next' | 'later';
};

/** The dates of something in order; the state is said in words to those who do not see the colour. */
export function Timeline({ steps, label }: { steps: Step[]; label: string }) {
  const t = useMessages(messages);
  return (
    <ol class="timeline" aria-label={label}>
      {steps.map((step) => (
        <li key={step.name} class={step.state} aria-current={step.state === 'next' ? 'step' : undefined}>
          <span class="timeline-name">{step.name}</span>
          {step.date ? <span class="timeline-date">{step.date}</span> : null}
          {step.state === 'done' ? <span class="visually-hidden"> {t('timeline.done')}</span> : null}
        </li>
      ))}
    </ol>
  );
}
