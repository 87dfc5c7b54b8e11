import { serverHtml } from '~/lib/trusted';

type Props = {
  /** HTML that the server made from Markdown. */
  html: string;
  lang?: string;
};

/** Text that the server rendered from Markdown and sanitised. */
export function Markdown({ html, lang }: Props) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised on the server, through a Trusted Types policy
  return <div class="prose" lang={lang} dangerouslySetInnerHTML={{ __html: serverHtml(html) }} />;
}
