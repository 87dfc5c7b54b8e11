import { useEffect, useRef, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { CityMark } from '~/components/CityMark';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import type { PageProps } from '~/routes/route';
import { type Entry, rank, type Testbed, type Testbeds, useEntry, useTestbeds } from './api';
import { messages } from './messages';
import './entrant.css';

/** Where a team puts the testbeds it would take in order: by buttons, so that no mouse is needed. */
export default function TestbedsPage({ params }: PageProps) {
  const id = params.id ?? '';
  const entry = useEntry(id);
  const testbeds = useTestbeds(id);
  return (
    <QueryView query={entry} page>
      {(one) => (
        <QueryView query={testbeds} page>
          {(list) => <Ranking entry={one} testbeds={list} />}
        </QueryView>
      )}
    </QueryView>
  );
}

function Ranking({ entry, testbeds }: { entry: Entry; testbeds: Testbeds }) {
  const t = useMessages(messages);
  const { ranked, save, state, error, renew } = useRanking(entry.id, testbeds);
  const byId = new Map(testbeds.options.map((option) => [option.id, option]));
  const chosen = ranked.flatMap((id) => byId.get(id) ?? []);
  const others = testbeds.options.filter((option) => !ranked.includes(option.id));
  const fixed = testbeds.frozen;
  return (
    <Page
      middle
      title={t('testbeds.title')}
      above={<Link href={`/my/entries/${entry.id}`}>{t('back', { reference: entry.reference })}</Link>}
      lead={<p>{t('testbeds.lead')}</p>}
    >
      {fixed ? <Notice title={t('testbeds.frozen')} /> : <p>{t('testbeds.counts')}</p>}
      {error ? (
        <Notice tone="danger" live title={error}>
          <p>
            <Button kind="outline" onClick={renew}>
              {t('testbeds.renew')}
            </Button>
          </p>
        </Notice>
      ) : null}
      {testbeds.options.length === 0 ? <p>{t('testbeds.none')}</p> : null}
      <section class="section" aria-labelledby="order">
        <h2 id="order">{t('testbeds.yours')}</h2>
        <p role="status" class="small muted">
          {state === 'saving' ? t('testbeds.saving') : state === 'saved' ? t('testbeds.saved') : ''}
        </p>
        {chosen.length === 0 ? <p class="muted">{t('testbeds.empty')}</p> : null}
        <ol class="ranks">
          {chosen.map((option, at) => (
            <Ranked
              key={option.id}
              option={option}
              at={at}
              of={chosen.length}
              fixed={fixed}
              onMove={(to) => save(moved(ranked, at, to), option.id, to > at ? 'down' : 'up')}
              onRemove={() =>
                save(
                  ranked.filter((id) => id !== option.id),
                  option.id,
                  'add',
                )
              }
            />
          ))}
        </ol>
      </section>
      {fixed ? null : (
        <section class="section" aria-labelledby="others">
          <h2 id="others">{t('testbeds.others')}</h2>
          {others.length === 0 ? <p class="muted">{t('testbeds.all')}</p> : null}
          <ul class="ranks">
            {others.map((option) => (
              <Other
                key={option.id}
                option={option}
                onAdd={() => save([...ranked, option.id], option.id, 'up')}
              />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function moved(list: string[], from: number, to: number): string[] {
  const out = [...list];
  const [one] = out.splice(from, 1);
  if (one) out.splice(to, 0, one);
  return out;
}

type Act = 'up' | 'down' | 'add';

/** The order on the page, saved after each change, one change after the other. */
function useRanking(id: string, testbeds: Testbeds) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [ranked, setRanked] = useState(testbeds.ranked);
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [error, setError] = useState('');
  const seen = useRef(testbeds.ranked);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const focus = useRef<{ id: string; act: Act }>();

  useEffect(() => {
    const wanted = focus.current;
    focus.current = undefined;
    if (!wanted) return;
    const button =
      document.getElementById(`${wanted.act}-${wanted.id}`) ??
      document.querySelector<HTMLElement>(`[data-testbed="${wanted.id}"] button`);
    button?.focus();
  }, [ranked]);

  const save = (next: string[], which: string, act: Act) => {
    setRanked(next);
    focus.current = { id: which, act };
    const option = testbeds.options.find((each) => each.id === which);
    const name = textIn(option?.name as LocalText, language).text;
    const at = next.indexOf(which);
    announce(
      at < 0 ? t('testbeds.removed', { name }) : t('testbeds.moved', { name, n: at + 1, of: next.length }),
    );
    setState('saving');
    queue.current = queue.current.then(async () => {
      try {
        seen.current = (await rank(id, seen.current, next)).ranked;
        setError('');
        setState('saved');
      } catch (failure) {
        setState('idle');
        setError(failure instanceof ProblemError ? failure.message : t('failed'));
      }
    });
  };

  const renew = () => {
    setError('');
    void queries.invalidateQueries({ queryKey: ['entry-testbeds', id] }).then(() => {
      const now = queries.getQueryData<Testbeds>(['entry-testbeds', id]);
      if (!now) return;
      seen.current = now.ranked;
      setRanked(now.ranked);
    });
  };
  return { ranked, save, state, error, renew };
}

type RankedProps = {
  option: Testbed;
  at: number;
  of: number;
  fixed: boolean;
  onMove: (to: number) => void;
  onRemove: () => void;
};

function Ranked({ option, at, of, fixed, onMove, onRemove }: RankedProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = textIn(option.name as LocalText, language).text;
  return (
    <li class="rank" data-testbed={option.id}>
      <Words option={option} number={at + 1} />
      {fixed ? null : (
        <p class="actions">
          {at > 0 ? (
            <Button
              id={`up-${option.id}`}
              kind="outline"
              aria-label={t('testbeds.up.of', { name })}
              onClick={() => onMove(at - 1)}
            >
              {t('testbeds.up')}
            </Button>
          ) : null}
          {at < of - 1 ? (
            <Button
              id={`down-${option.id}`}
              kind="outline"
              aria-label={t('testbeds.down.of', { name })}
              onClick={() => onMove(at + 1)}
            >
              {t('testbeds.down')}
            </Button>
          ) : null}
          <Button kind="outline" aria-label={t('testbeds.remove.of', { name })} onClick={onRemove}>
            {t('testbeds.remove')}
          </Button>
        </p>
      )}
    </li>
  );
}

function Other({ option, onAdd }: { option: Testbed; onAdd: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = textIn(option.name as LocalText, language).text;
  return (
    <li class="rank" data-testbed={option.id}>
      <Words option={option} />
      <p class="actions">
        <Button
          id={`add-${option.id}`}
          kind="outline"
          aria-label={t('testbeds.add.of', { name })}
          onClick={onAdd}
        >
          {t('testbeds.add')}
        </Button>
      </p>
    </li>
  );
}

/** Markdown without its marks of emphasis: here one line says enough. */
const plain = (text: string) => text.replace(/\*\*|__|`/g, '');

function Words({ option, number }: { option: Testbed; number?: number }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = textIn(option.name as LocalText, language);
  const summary = textIn(option.summary as LocalText, language);
  return (
    <div>
      <p class="marks">
        {option.cities.map((city) => (
          <CityMark key={city.id} city={city} />
        ))}
        <span class="small muted">{t(option.own ? 'testbeds.own' : 'testbeds.elsewhere')}</span>
      </p>
      <p class="rank-number" lang={name.lang === language ? undefined : name.lang}>
        {number ? `${number}. ` : ''}
        {name.text}
      </p>
      {summary.text ? (
        <p class="small muted" lang={summary.lang === language ? undefined : summary.lang}>
          {plain(summary.text)}
        </p>
      ) : null}
    </div>
  );
}
