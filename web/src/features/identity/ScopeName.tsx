import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Scope } from './api';
import { messages } from './messages';

/** Where a role holds, as text: for sentences and labels. */
export function useScopeName(): (scope: Scope) => string {
  const t = useMessages(messages);
  const language = useLanguage();
  return (scope) =>
    scope.kind === 'installation' ? t('invitation.scope.installation') : textIn(scope.name, language).text;
}

/** Where a role holds, with its language where that is not the page's. */
export function ScopeName({ scope }: { scope: Scope }) {
  const language = useLanguage();
  const name = useScopeName();
  const { lang } = textIn(scope.name, language);
  return (
    <span lang={scope.kind === 'installation' || lang === language ? undefined : lang}>{name(scope)}</span>
  );
}
