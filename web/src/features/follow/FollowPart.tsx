import { useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { useMe } from '~/app/use-me';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import { fromQuery } from '~/lib/came-from';
import { announce } from '~/lib/live-region';
import { messages } from './messages';

type Props = { slug: string; phase: string; from?: string };

/** Counts the look, and lets a member follow the challenge. */
export default function FollowPart({ slug, phase, from }: Props) {
  useEffect(() => {
    // A look that is not counted is nobody's problem.
    api.POST('/challenges/{slug}/views', { params: { path: { slug } }, body: { from } }).catch(() => {});
  }, [slug]);
  return phase === 'open' || phase === 'announced' ? <Follow slug={slug} from={from} /> : null;
}

function Follow({ slug, from }: Omit<Props, 'phase'>) {
  const t = useMessages(messages);
  const me = useMe();
  const [error, setError] = useState<unknown>();
  const key = ['follow', slug];
  const query = useQuery({
    queryKey: key,
    queryFn: () => ok(api.GET('/challenges/{slug}/follow', { params: { path: { slug } } })),
    enabled: !!me,
  });
  const following = query.data?.following ?? false;
  const turn = async () => {
    setError(undefined);
    try {
      const params = { path: { slug } };
      const next = await ok(
        following
          ? api.DELETE('/challenges/{slug}/follow', { params })
          : api.PUT('/challenges/{slug}/follow', { params, body: { from } }),
      );
      queries.setQueryData(key, next);
      announce(t(next.following ? 'following' : 'stopped'));
    } catch (failure) {
      setError(failure);
    }
  };
  const back = `/challenges/${slug}${fromQuery(from)}`;
  return (
    <section class="section" aria-labelledby="follow">
      <h2 id="follow">{t('title')}</h2>
      <p>{t(following ? 'text.on' : 'text')}</p>
      {me ? (
        <p>
          <Button kind="outline" onClick={turn}>
            {t(following ? 'stop' : 'follow')}
          </Button>
        </p>
      ) : (
        <p>
          <Link href={`/sign-in?next=${encodeURIComponent(back)}`}>{t('signIn')}</Link>
        </p>
      )}
      {error ? <ErrorState error={error} /> : null}
    </section>
  );
}
