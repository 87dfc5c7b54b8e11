import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { focusHeading } from '~/lib/page-focus';
import { titleError, usePageTitle } from '~/lib/page-title';

type Props = {
  children: ComponentChildren /** The document's title, without the product's name. */;
  documentTitle: string;
  lang?: string;
};

/** The h1 of a page: sets the document's title and takes the focus after a route change. */
export function PageTitle({ children, documentTitle, lang }: Props) {
  const t = useMessages(messages);
  usePageTitle(documentTitle, t('product'), t('errorPrefix'));
  useLayoutEffect(focusHeading);
  useEffect(() => () => titleError.set(false), []);
  return (
    <h1 tabIndex={-1} lang={lang} dir="auto">
      {children}
    </h1>
  );
}
