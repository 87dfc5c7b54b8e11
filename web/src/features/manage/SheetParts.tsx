import type { ComponentChildren } from 'preact';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

// Who seals or signs, from who drafted it to who decides: as offices of the language's country have it.
const offices = {
  en: ['prepared', 'reviewed', 'approved'],
  es: ['prepared', 'reviewed', 'approved'],
  ja: ['prepared', 'section', 'department', 'approved'],
} as const;

/** Empty boxes for seals or signatures. */
export function Boxes() {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <ol class={`sheet-boxes sheet-boxes-${language}`} aria-label={t('sheet.boxes')}>
      {offices[language].map((office) => (
        <li key={office}>
          <span>{t(`sheet.office.${office}`)}</span>
          <span class="sheet-seal" aria-hidden="true" />
          <span class="small">{t('sheet.date')}</span>
        </li>
      ))}
    </ol>
  );
}

/** Names and what stands beside them, ruled like a form. */
export function Facts({ rows }: { rows: [string, ComponentChildren][] }) {
  return (
    <dl class="sheet-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
