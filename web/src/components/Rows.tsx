import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';

/** A list of rows under a rule. */
export function Rows({ children, label }: { children: ComponentChildren; label?: string }) {
  return (
    <ul class="rows" aria-label={label}>
      {children}
    </ul>
  );
}

type RowProps = {
  href: string;
  title: ComponentChildren;
  titleLang?: string;
  /** Marks and tags above the title. */
  above?: ComponentChildren;
  /** Text under the title. */
  children?: ComponentChildren;
  /** Columns at the side: dates, prize, counts. */
  facts?: { name: string; value: ComponentChildren; note?: ComponentChildren }[];
  /** h2 on a page of its own, h3 under a section's heading. */
  level?: 2 | 3;
};

/** One thing of a list; one link, stretched over the row. */
export function Row({ href, title, titleLang, above, children, facts = [], level = 2 }: RowProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <li class="row">
      <div class="row-main">
        {above ? <div class="marks">{above}</div> : null}
        <Heading class="row-title">
          <Link href={href} class="row-link" lang={titleLang}>
            {title}
          </Link>
        </Heading>
        {children}
      </div>
      {facts.length > 0 ? (
        <dl class="row-facts">
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
              {fact.note ? <dd class="small muted">{fact.note}</dd> : null}
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
}
