import { serverHtml } from '~/lib/trusted';

type Props = {
  /** HTML that the server made from Markdown. */
  html: string;
  lang?: string;
};

/** Text that the server rendered from Markdown and sanitised; goes through the Trusted Types policy. */
export function Markdown({ html, lang }: Props) {
  return <div class="prose" lang={lang} dangerouslySetInnerHTML={{ __html: serverHtml(html) }} />;
}
