import { Disclosure } from '~/components/Disclosure';
import { ShowMore } from '~/components/ShowMore';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { Checkpoint } from './api';
import { messages } from './messages';

type Props = { items: Checkpoint[]; more: boolean; loading: boolean; onMore: () => void };

/** Signed checkpoints, newest first, each with its note byte for byte. */
export function Checkpoints({ items, more, loading, onMore }: Props) {
  const t = useMessages(messages);
  return (
    <div class="stack">
      <ul class="stack">
        {items.map((each) => (
          <li key={each.size}>
            <strong>{t('checkpoint.size', { n: each.size })}</strong>{' '}
            <span class="muted">
              <When at={each.signedAt} short />
            </span>
            <Disclosure summary={t('checkpoint.note')}>
              <pre class="record-note">{each.note}</pre>
              <p>
                <a
                  href={`data:text/plain;charset=utf-8,${encodeURIComponent(each.note)}`}
                  download={`checkpoint-${each.size}.txt`}
                >
                  {t('checkpoint.save')}
                </a>
              </p>
            </Disclosure>
          </li>
        ))}
      </ul>
      <ShowMore more={more} loading={loading} onMore={onMore} />
    </div>
  );
}
