import type { ComponentChildren } from 'preact';
import { ProblemError } from '~/api/problem';
import { ErrorPage } from '~/app/ErrorPage';
import { ForbiddenPage } from '~/app/ForbiddenPage';
import { NotFoundPage } from '~/app/NotFoundPage';
import { SignInNeeded } from '~/app/SignInNeeded';
import { ErrorState } from './ErrorState';
import { Loading } from './Loading';

/** The part of a query's result that is shown here; `useQuery(…)` fits. */
type Query<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

type Props<T> = {
  query: Query<T>;
  /** The whole page depends on it: 401, 403, 404 and 500 then take the page's place. */
  page?: boolean;
  loading?: 's' | 'm' | 'l';
  children: (data: T) => ComponentChildren;
};

/** Every state of a query: loading with its height kept, error with retry, the rest as pages, the data. */
export function QueryView<T>({ query, page, loading, children }: Props<T>) {
  const { data, error } = query;
  // Data that is already there stays while a renewal fails.
  if (data !== undefined) return <>{children(data)}</>;
  if (query.isPending) {
    const waiting = <Loading size={loading ?? (page ? 'l' : 'm')} />;
    return page ? <div class="wrap page">{waiting}</div> : waiting;
  }
  const retry = <ErrorState error={error} onRetry={() => query.refetch()} />;
  return page ? (pageOf(error) ?? <div class="wrap page">{retry}</div>) : retry;
}

/** The page that stands in for one whose data was refused. */
function pageOf(error: unknown) {
  if (!(error instanceof ProblemError)) return undefined;
  const { status, requestId } = error;
  if (status === 401) return <SignInNeeded />;
  if (status === 403) return <ForbiddenPage requestId={requestId} />;
  if (status === 404) return <NotFoundPage requestId={requestId} />;
  return status >= 500 ? <ErrorPage requestId={requestId} /> : undefined;
}
