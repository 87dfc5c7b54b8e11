import { ProblemError } from '~/api/problem';
import type { FormErrors } from './use-form';

/** What the server had against a form that is saved as a draft; `failed`: the words where it is no problem of the API. */
export function refused(error: unknown, before: FormErrors | undefined, failed: string): FormErrors {
  const problem = error instanceof ProblemError ? error : undefined;
  const fields = problem?.fields ?? {};
  return {
    message: Object.keys(fields).length > 0 ? undefined : (problem?.message ?? failed),
    fields,
    nameless: true,
    requestId: problem?.requestId,
    attempt: (before?.attempt ?? 0) + 1,
  };
}
