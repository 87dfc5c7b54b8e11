import { navigate } from 'wouter-preact/use-browser-location';
import { inLanguage, type Language, languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Shows the same page in another language; path, filters and what was typed stay. */
export function LanguageSelect() {
  const t = useMessages(messages);
  const language = useLanguage();
  const choose = (next: Language) =>
    navigate(inLanguage(location.pathname, next) + location.search + location.hash);
  return (
    <div class="language">
      <label for="language" class="language-label">
        {t('language')}
      </label>
      <select
        id="language"
        class="input select"
        value={language}
        onChange={(event) => choose(event.currentTarget.value as Language)}
      >
        {languages.map((each) => (
          <option key={each} value={each} lang={each}>
            {languageNames[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
