import { useMessages } from '~/i18n/use-messages';
import { useStore } from '~/lib/store';
import { chooseTheme, type Theme, theme } from '~/lib/theme';
import { messages } from './messages';

/** Light, dark or as the device says. */
export function ThemeSelect() {
  const t = useMessages(messages);
  const chosen = useStore(theme);
  return (
    <div class="theme">
      <label for="theme" class="label">
        {t('theme')}
      </label>
      <select
        id="theme"
        class="input select"
        value={chosen}
        onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}
      >
        <option value="system">{t('theme.system')}</option>
        <option value="light">{t('theme.light')}</option>
        <option value="dark">{t('theme.dark')}</option>
      </select>
    </div>
  );
}
