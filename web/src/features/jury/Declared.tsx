import type { ComponentChildren } from 'preact';
import { ProblemError } from '~/api/problem';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Query<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
type Props<T> = { query: Query<T>; challenge: string; children: (data: T) => ComponentChildren };

/** A page whose entries open once conflicts of interest are declared: until then, the way to do so. */
export function Declared<T>({ query, challenge, children }: Props<T>) {
  const t = useMessages(messages);
  const { error } = query;
  const open = query.data !== undefined;
  if (open || !(error instanceof ProblemError && error.code === 'jury.declare_first'))
    return (
      <QueryView query={query} page>
        {children}
      </QueryView>
    );
  return (
    <Page narrow title={t('declare.title')}>
      <p>{t('next.declare')}</p>
      <LinkButton href={`/jury/challenges/${challenge}/conflicts`} kind="primary">
        {t('state.declare')}
      </LinkButton>
    </Page>
  );
}
