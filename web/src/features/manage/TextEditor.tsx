import { useRef, useState } from 'preact/hooks';
import { api, ok, okWithVersion } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { SaveStatus } from '~/components/SaveStatus';
import { TextArea } from '~/components/TextArea';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useAutosave } from '~/lib/use-autosave';
import { type ManagedText, type Part, refresh, type TemplateSection } from './api';
import { EditsOf } from './Edits';
import './manage.css';
import { messages } from './messages';
import { useAnchor } from './use-anchor';

type Words = components['schemas']['ChallengeTextChange'];
type Key = keyof Words;

type Props = {
  id: string;
  text: ManagedText;
  /** Given for a translation: shown beside each field. */
  original?: ManagedText;
  sections: TemplateSection[];
  /** Asks for a new editor that starts from what the server has. */
  onFresh: () => void;
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
export function TextEditor({ id, text, original, sections, onFresh }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [words, setWords] = useState(() => wordsOf(text));
  const [conflict, setConflict] = useState(false);
  const etag = useRef(tagOf(text.version));
  const blocked = useRef(false);
  const path = { id, lang: text.lang };

  const put = async (value: Words) => {
    // Nothing is sent while somebody has to choose between two versions.
    if (blocked.current) throw new Error('conflict');
    try {
      const saved = await okWithVersion(
        api.PUT('/manage/challenges/{id}/texts/{lang}', {
          params: { path, header: { 'If-Match': etag.current } },
          body: value,
        }),
      );
      etag.current = saved.etag;
      void refresh(id);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 412) {
        blocked.current = true;
        setConflict(true);
      }
      throw error;
    }
  };
  const save = useAutosave(words, put);
  useAnchor();

  const theirs = async () => {
    await queries.refetchQueries({ queryKey: ['managed', id] });
    onFresh();
  };
  const mine = async () => {
    const now = await ok(api.GET('/manage/challenges/{id}', { params: { path: { id } } }));
    etag.current = tagOf(now.texts.find((each) => each.lang === text.lang)?.version ?? 0);
    blocked.current = false;
    setConflict(false);
    await save.flush();
  };
  const confirm = async () => {
    await put(words);
    showToast(t('text.confirmed'));
  };

  return (
    <div class="stack editor">
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
      <div class={!conflict && save.state === 'clean' ? undefined : 'save-bar'}>
        {conflict ? (
          <Notice tone="warning" title={t('conflict.title')} live>
            <p>{t('conflict.text')}</p>
            <p class="actions">
              <Button kind="primary" onClick={mine}>
                {t('conflict.mine')}
              </Button>
              <Button kind="outline" onClick={theirs}>
                {t('conflict.theirs')}
              </Button>
            </p>
          </Notice>
        ) : (
          <SaveStatus save={save} />
        )}
      </div>
    </div>
  );
}
