import { useRef, useState } from 'preact/hooks';
import { api, okWithVersion } from '~/api/client';
import { ProblemError } from '~/api/problem';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { SaveStatus } from '~/components/SaveStatus';
import { TextArea } from '~/components/TextArea';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Merged, merge, type Other, type Path, put as replaced, same } from '~/lib/merge';
import { showToast } from '~/lib/toast';
import { useAutosave } from '~/lib/use-autosave';
import { type ManagedText, type Part, readAgain, refresh, type TemplateSection } from './api';
import { EditsOf } from './Edits';
import './manage.css';
import { messages } from './messages';
import { useAnchor } from './use-anchor';

type Words = components['schemas']['ChallengeTextChange'];
type Key = keyof Words;
type Told = Pick<Merged<Words>, 'taken' | 'clashes'>;

type Props = {
  id: string;
  text: ManagedText;
  /** Given for a translation: shown beside each field. */
  original?: ManagedText;
  sections: TemplateSection[];
};

const keys: Key[] = [
  'title',
  'summary',
  'problem',
  'context',
  'success',
  'resources',
  'eligibility',
  'demonstration',
  'terms',
];

// Title and summary are one section; its requested edits and its address stand at the title.
const partsAt = (key: Key): Part[] => (key === 'summary' ? [] : [key === 'title' ? 'headline' : key]);
const anchorOf = (key: Key) => partsAt(key).map((part) => `part-${part}`)[0];
const wordsOf = (text: ManagedText) => Object.fromEntries(keys.map((key) => [key, text[key]])) as Words;
const tagOf = (version: number) => `"${version}"`;

/** The fields of one language, saved as one types; never over what somebody else wrote meanwhile. */
export function TextEditor({ id, text, original, sections }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [words, setWords] = useState(() => wordsOf(text));
  const [overtaken, setOvertaken] = useState<Told>();
  const etag = useRef(tagOf(text.version));
  // What the server had when it was last heard of, and what is in the fields now.
  const base = useRef(words);
  const latest = useRef(words);
  latest.current = words;
  const blocked = useRef(false);
  const path = { id, lang: text.lang };

  const put = async (value: Words): Promise<void> => {
    // Nothing is sent while somebody has to choose between two versions of the same section.
    if (blocked.current) throw new Error('conflict');
    try {
      const saved = await okWithVersion(
        api.PUT('/manage/challenges/{id}/texts/{lang}', {
          params: { path, header: { 'If-Match': etag.current } },
          body: value,
        }),
      );
      etag.current = saved.etag;
      base.current = value;
      void refresh(id);
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 412)) throw error;
      await meet(error);
    }
  };
  // Somebody else wrote meanwhile: other sections are joined at once, the same one is for its author to decide.
  const meet = async (error: ProblemError) => {
    const now = (await readAgain(id)).texts.find((each) => each.lang === text.lang);
    if (!now) throw error;
    const joined = merge(base.current, latest.current, wordsOf(now));
    etag.current = tagOf(now.version);
    base.current = wordsOf(now);
    setWords(joined.value);
    setOvertaken(joined.taken.length + joined.clashes.length > 0 ? joined : undefined);
    if (joined.clashes.length > 0) {
      blocked.current = true;
      throw error;
    }
    await put(joined.value);
  };
  // What was just joined is there already.
  const save = useAutosave(words, async (value) => (same(value, base.current) ? undefined : put(value)));
  useAnchor();

  const goOn = () => {
    blocked.current = false;
    setOvertaken(undefined);
    void save.flush().catch(() => {});
  };
  const take = (other: Other) => {
    setWords((before) => replaced(before, other.path, other.theirs));
    const clashes = overtaken?.clashes.filter((each) => each !== other) ?? [];
    if (clashes.length === 0) {
      blocked.current = false;
      setOvertaken(undefined);
    } else setOvertaken({ taken: overtaken?.taken ?? [], clashes });
  };
  const nameOf = ([key]: Path) => ({
    name: textIn(sections.find((section) => section.key === key)?.label, language).text,
    lang: text.lang,
  });
  const confirm = async () => {
    await put(words);
    showToast(t('text.confirmed'));
  };

  return (
    <div class="stack editor">
      {overtaken ? (
        <Overtaken found={overtaken} nameOf={nameOf} onTake={take}>
          <p>
            <Button kind="primary" onClick={goOn}>
              {t(overtaken.clashes.length > 0 ? 'conflict.mine' : 'conflict.seen')}
            </Button>
          </p>
        </Overtaken>
      ) : null}
      {text.stale ? (
        <Notice tone="warning">
          <p>{t('text.stale.notice')}</p>
          <p>
            <Button kind="outline" onClick={confirm}>
              {t('text.confirm')}
            </Button>
          </p>
        </Notice>
      ) : null}
      <p class="muted">{t('text.markdown')}</p>
      {sections.map((section) => {
        const key = section.key as Key;
        const label = textIn(section.label, language);
        const hint = textIn(section.hint, language);
        const starter = section.starter[text.lang];
        return (
          <div key={key} id={anchorOf(key)} class={original ? 'beside' : undefined}>
            <div class="stack">
              {original ? null : <EditsOf id={id} parts={partsAt(key)} />}
              <TextArea
                name={key}
                label={<span lang={label.lang}>{label.text}</span>}
                hint={<span lang={hint.lang}>{hint.text}</span>}
                optional={!section.required}
                value={words[key]}
                onValue={(value) => setWords((before) => ({ ...before, [key]: value }))}
                onBlur={() => save.flush().catch(() => {})}
                rows={section.format === 'line' ? 2 : 8}
                lang={text.lang}
                limit={section.limit}
              />
              {starter && !words[key] ? (
                <p>
                  <Button kind="link" onClick={() => setWords((before) => ({ ...before, [key]: starter }))}>
                    {t('text.starter')}
                  </Button>
                </p>
              ) : null}
            </div>
            {original ? (
              <section class="original" aria-label={`${t('text.compare')}: ${label.text}`}>
                <p class="small muted">{t('text.compare')}</p>
                <p class="source" lang={original.lang}>
                  {original[key]}
                </p>
              </section>
            ) : null}
          </div>
        );
      })}
      {/* At the foot of the window, where whoever types in the middle of the page sees it. */}
      <div class={save.state === 'clean' ? undefined : 'save-bar'}>
        <SaveStatus save={save} />
      </div>
    </div>
  );
}
