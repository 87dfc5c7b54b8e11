import { messages } from '~/app/messages';
import { type Language, languageNames } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';

type Props = {
  text: string;
  /** The language that the text is in. */
  lang: Language;
};

/** A text with its language marked, for screen readers and line breaking. */
export function LangText({ text, lang }: Props) {
  const language = useLanguage();
  return <span lang={lang === language ? undefined : lang}>{text}</span>;
}

/** "Translation pending": says that what follows is in its author's language. */
export function TranslationPending({ lang }: { lang: Language }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (lang === language) return null;
  return (
    <p class="pending">
      {t('translation.pending')}
      <span lang={lang}>{languageNames[lang]}</span>
    </p>
  );
}
