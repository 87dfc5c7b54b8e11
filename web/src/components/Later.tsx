import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Catalogue, loadCatalogue } from '~/i18n/catalogue';
import { useLanguage } from '~/i18n/use-messages';

type Props<P> = {
  /** The part, in a chunk of its own. */
  load: () => Promise<{ default: ComponentType<P> }>;
  /** Catalogues that the part uses; they are here before it is drawn. */
  messages: Catalogue<string>[];
  /** What the part is given. */
  props: P;
};

/**
 * A part of a page that is fetched and drawn after the page itself: for what lies below the first screen. When
 * it cannot be fetched it stays away; nothing that a reader must have belongs here.
 */
export function Later<P extends object>({ load, messages, props }: Props<P>) {
  const language = useLanguage();
  const [part, setPart] = useState<{ Part: ComponentType<P>; of: string }>();
  useEffect(() => {
    let gone = false;
    Promise.all([load(), ...messages.map((source) => loadCatalogue(source, language))])
      .then(([found]) => {
        if (!gone) setPart({ Part: found.default, of: language });
      })
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [language]);
  // In the language of the page or not yet.
  return part?.of === language ? <part.Part {...props} /> : null;
}
