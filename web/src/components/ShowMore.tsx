import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { Button } from './Button';

type Props = {
  /** More pages follow. */
  more: boolean;
  loading: boolean;
  onMore: () => void;
};

/** Fetches the next page of a cursor list, under the rows. Fits `useInfiniteQuery`. */
export function ShowMore({ more, loading, onMore }: Props) {
  const t = useMessages(messages);
  if (!more) return null;
  return (
    <p>
      <Button kind="outline" aria-busy={loading} onClick={() => loading || onMore()}>
        {t(loading ? 'loading' : 'more')}
      </Button>
    </p>
  );
}
