import { QueryClientProvider } from '@tanstack/preact-query';
import { render } from 'preact';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { loadCatalogue } from '~/i18n/catalogue';
import { languageOf } from '~/i18n/languages';
import { LanguageContext, translate } from '~/i18n/use-messages';
import { messages } from './messages';
import { ProveDialog } from './ProveDialog';

/**
 * Runs a call that may want a fresh proof of identity (session.prove): then asks for it in a dialog and
 * runs the call again. Wrap every sensitive call: `await proved(() => ok(api.POST(…)))`.
 */
export async function proved<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (failure) {
    if (!(failure instanceof ProblemError) || failure.code !== 'session.prove') throw failure;
    if (!(await askForProof())) throw await refusal(failure);
    return await call();
  }
}

async function askForProof(): Promise<boolean> {
  const language = languageOf(location.pathname);
  await loadCatalogue(messages, language);
  const place = document.createElement('div');
  // Inside an open dialog: everything outside of it is out of reach while it is modal.
  (document.querySelector('dialog[open]') ?? document.body).append(place);
  return new Promise((resolve) => {
    const end = (done: boolean) => {
      render(null, place);
      place.remove();
      resolve(done);
    };
    render(
      <LanguageContext.Provider value={language}>
        <QueryClientProvider client={queries}>
          <ProveDialog onEnd={end} />
        </QueryClientProvider>
      </LanguageContext.Provider>,
      place,
    );
  });
}

async function refusal(failure: ProblemError): Promise<ProblemError> {
  const text = translate(messages, languageOf(location.pathname), 'cancelled');
  return new ProblemError(failure.status, failure.code, text, {}, undefined, {});
}
