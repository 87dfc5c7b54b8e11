import { QueryClientProvider } from '@tanstack/preact-query';
import { type ComponentChild, render } from 'preact';
import { queries } from '~/api/query';
import { messages } from '~/app/messages';
import { loadCatalogue } from '~/i18n/catalogue';
import type { Language } from '~/i18n/languages';
import { LanguageContext } from '~/i18n/use-messages';

const roots: HTMLElement[] = [];

/** Ends everything that `show` started; effects of one test must not reach the next. */
export function clear(): void {
  for (const root of roots.splice(0)) render(null, root);
  queries.clear();
}

/** Renders into the document as a page would, with the shell's texts loaded. */
export async function show(content: ComponentChild, language: Language = 'en'): Promise<HTMLElement> {
  await loadCatalogue(messages, language);
  const root = document.createElement('div');
  document.body.append(root);
  roots.push(root);
  render(
    <QueryClientProvider client={queries}>
      <LanguageContext.Provider value={language}>{content}</LanguageContext.Provider>
    </QueryClientProvider>,
    root,
  );
  return root;
}

/** Lets effects and promises run. */
export const settle = (ms = 30) => new Promise((done) => setTimeout(done, ms));

/** Types into a control as a person would. */
export function type(control: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  control.value = text;
  control.dispatchEvent(new Event('input', { bubbles: true }));
}
