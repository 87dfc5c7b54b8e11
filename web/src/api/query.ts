import { QueryClient } from '@tanstack/preact-query';
import { ProblemError } from './problem';

/** Answers that a second try cannot change. */
const final = (failure: unknown) =>
  failure instanceof ProblemError && failure.status >= 400 && failure.status < 500 && failure.status !== 429;

/** The cache of everything read from the API. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, failure) => count < 2 && !final(failure),
      // Offline is shown by a banner; a query that only waits would show nothing at all.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
