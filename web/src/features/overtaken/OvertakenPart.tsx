import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { TextDiff } from '~/components/TextDiff';
import type { Language } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Merged, Other, Path } from '~/lib/merge';
import { showToast } from '~/lib/toast';
import { messages } from './messages';
import type { PartName } from './part-name';
import './overtaken.css';

export type Props = {
  found: Pick<Merged<unknown>, 'taken' | 'clashes'>;
  /** Who saved first, where it is known. */
  by?: string;
  /** Nobody else writes this: it was another window of the same person. */
  own?: boolean;
  nameOf: (path: Path) => PartName;
  /** A value in words where it does not speak for itself: lists, keys, ids; nothing leaves it as it is. */
  say?: (value: unknown, path: Path) => string | undefined;
  /** Puts the other's version in the place of what was typed here. */
  onTake: (other: Other) => void;
  /** What else can be done about it. */
  children?: ComponentChildren;
};

/** What somebody else saved while this was being written: what was taken over, and what both changed. */
export default function OvertakenPart({ found, by, own, nameOf, say, onTake, children }: Props) {
  const t = useMessages(messages);
  const box = useRef<HTMLDivElement>(null);
  // It appears above what is being written: whoever pressed the button at the foot is brought to it.
  useEffect(() => box.current?.focus(), [found.taken]);
  const list = (others: Other[], clash: boolean) => (
    <ul class="overtaken-list">
      {others.map((other) => {
        const part = nameOf(other.path);
        return (
          <li key={other.path.join('/')}>
            <p class="overtaken-name">{part.name}</p>
            <What other={other} lang={part.lang} say={say} gone={clash && t(own ? 'own.gone' : 'gone')} />
            {clash ? (
              <p>
                <Button
                  kind="link"
                  aria-label={t('take.of', { name: part.name })}
                  onClick={() => {
                    onTake(other);
                    showToast(t('took', { name: part.name }));
                  }}
                >
                  {t('take')}
                </Button>
              </p>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
  return (
    <div ref={box} tabIndex={-1} class="overtaken">
      <Notice tone="warning" title={t(own ? 'own.title' : 'title')} live>
        {by ? <p class="muted">{t('by', { name: by })}</p> : null}
        <p>{t(own ? (found.clashes.length > 0 ? 'own.choose' : 'own.text') : 'text')}</p>
        {found.clashes.length > 0 ? (
          <>
            <h3>{t(own ? 'own.clashes' : 'clashes')}</h3>
            <p class="muted">{t('clash.text')}</p>
            {list(found.clashes, true)}
          </>
        ) : null}
        {found.taken.length > 0 ? (
          <>
            <h3>{t('taken')}</h3>
            {list(found.taken, false)}
          </>
        ) : null}
        {children}
      </Notice>
    </div>
  );
}

function What({
  other: { path, base, theirs },
  lang,
  say,
  gone,
}: {
  other: Other;
  lang?: Language;
  say: Props['say'];
  /** What is said where the other version has removed it and this one has not. */
  gone: string | false;
}) {
  const t = useMessages(messages);
  const language = useLanguage();
  const words = (value: unknown): string => {
    if (value === undefined || value === null || value === '') return t('nothing');
    const said = say?.(value, path);
    if (said) return said;
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  if (typeof base === 'object' && base !== null && theirs === undefined) return <p>{gone || t('removed')}</p>;
  if (base === undefined && typeof theirs === 'object') return <p>{t('added')}</p>;
  if (lang) return <TextDiff before={String(base ?? '')} after={String(theirs ?? '')} lang={lang} />;
  return (
    <p>
      <del>{words(base)}</del> <span aria-hidden="true">→</span> <ins lang={language}>{words(theirs)}</ins>
    </p>
  );
}
