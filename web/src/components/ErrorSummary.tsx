import { useLayoutEffect, useRef } from 'preact/hooks';
import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { titleError } from '~/lib/page-title';
import { idOf } from './Field';

type Props = {
  /** Message about the whole form, such as "The deadline has passed." */
  message?: string;
  /** Messages by field name, in the order of the page. */
  fields: Record<string, string>;
  /** The texts do not say which field they are about: its label is put before each. */
  nameless?: boolean;
  requestId?: string;
  /** Changes with every failed try, so that the focus comes back even to the same errors. */
  attempt: number;
};

/** "There is a problem": takes the focus, links to each field, marks the title. */
export function ErrorSummary({ message, fields, nameless, requestId, attempt }: Props) {
  const t = useMessages(messages);
  const box = useRef<HTMLDivElement>(null);
  // Before the next paint: whoever presses Tab at once starts from the summary.
  useLayoutEffect(() => {
    titleError.set(true);
    box.current?.focus();
    return () => titleError.set(false);
  }, [attempt]);

  const entries = Object.entries(fields);
  return (
    <div ref={box} class="error-summary" tabIndex={-1} role="alert" aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{t('errors.title')}</h2>
      {message ? <p>{message}</p> : null}
      {entries.length > 0 ? (
        <ul class="error-list">
          {entries.map(([name, text]) => (
            <li key={name}>
              {/* A plain jump: focus follows it by hand, because the target may be a radio or in a tab. */}
              <a href={`#${idOf(name)}`} onClick={(event) => jump(event, name)}>
                {nameless ? named(name, text) : text}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {requestId ? <p class="small muted">{t('error.reference', { id: requestId })}</p> : null}
    </div>
  );
}

/** "E-mail address: This is used already." */
function named(name: string, text: string): string {
  const label = document.getElementById(idOf(name))?.closest('.field')?.querySelector('.label');
  // The words (required) and (optional) stand in an element of their own.
  const words = label?.firstChild?.textContent?.trim();
  return words ? `${words}: ${text}` : text;
}

function jump(event: Event, name: string): void {
  const control = document.getElementById(idOf(name));
  if (!control) return;
  event.preventDefault();
  control.closest('.field')?.scrollIntoView({ block: 'center' });
  control.focus();
}
