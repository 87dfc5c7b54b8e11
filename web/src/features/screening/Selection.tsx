import { Button } from '~/components/Button';
import { useMessages } from '~/i18n/use-messages';
import type { Act, Overview } from './api';
import { messages } from './messages';

type Props = {
  overview: Overview;
  /** Rows on the page. */
  shown: number;
  /** Entries that are ticked, or all that match. */
  count: number;
  everything: boolean;
  onEverything: () => void;
  onShown: () => void;
  onClear: () => void;
  onAct: (act: Act) => void;
};

/** What is ticked, and what can be done with it. */
export function Selection(props: Props) {
  const t = useMessages(messages);
  const { overview, shown, count, everything, onAct } = props;
  const acts: Act[] = overview.assigned ? ['pass', 'close'] : ['pass', 'fail', 'correct', 'undo', 'close'];
  return (
    <section class="panel screening-selection" aria-label={t('selection')}>
      <p role="status">
        <strong>
          {count === 0
            ? t('selected.none')
            : t(everything ? 'selected.everything' : 'selected', { n: count })}
        </strong>
      </p>
      <p class="actions">
        {count < shown && !everything ? (
          <Button kind="link" onClick={props.onShown}>
            {t('selected.shown', { n: shown })}
          </Button>
        ) : null}
        {!everything && overview.total > 1 ? (
          <Button kind="link" onClick={props.onEverything}>
            {t('selected.match', { n: overview.total })}
          </Button>
        ) : null}
        {count > 0 ? (
          <Button kind="link" onClick={props.onClear}>
            {t('selected.clear')}
          </Button>
        ) : null}
      </p>
      {overview.assigned ? <p class="small muted">{t('assigned')}</p> : null}
      {count > 0 ? (
        <p class="actions">
          {acts.map((act) => (
            <Button key={act} kind={act === 'pass' ? 'primary' : 'outline'} onClick={() => onAct(act)}>
              {t(`act.${act}`)}
            </Button>
          ))}
        </p>
      ) : null}
    </section>
  );
}
