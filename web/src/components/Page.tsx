import type { ComponentChildren } from 'preact';
import { PageTitle } from './PageTitle';

type Props = {
  /** The h1, and the document's title unless `documentTitle` says otherwise. */
  title: string;
  documentTitle?: string;
  lead?: ComponentChildren;
  /** City, status and the like, above the h1. */
  above?: ComponentChildren;
  /** Language of the title where it is not the page's. */
  titleLang?: string;
  /** Width for reading and forms. */
  narrow?: boolean;
  /** Width between reading and full, as on a challenge's page. */
  middle?: boolean;
  children?: ComponentChildren;
};

/** The frame of every page: title, lead, measure. Exactly one a page. */
export function Page({ title, documentTitle, lead, above, titleLang, narrow, middle, children }: Props) {
  return (
    <div class={middle ? 'wrap page-middle' : 'wrap'}>
      <div class={narrow ? 'page page-narrow' : 'page'}>
        <div class="page-head">
          {above ? <div class="marks">{above}</div> : null}
          <PageTitle documentTitle={documentTitle ?? title} lang={titleLang}>
            {title}
          </PageTitle>
          {lead ? (
            <div class="lead" lang={titleLang}>
              {lead}
            </div>
          ) : null}
        </div>
        {children}
      </div>
    </div>
  );
}
