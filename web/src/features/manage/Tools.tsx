import { Link } from 'wouter-preact';
import { useMessages } from '~/i18n/use-messages';
import type { Managed } from './api';
import { messages } from './messages';
import { moments, toolsOf } from './tools';

/** What else can be done with a challenge, grouped by when it is needed. */
export function Tools({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const groups = moments
    .map((moment) => ({ moment, tools: toolsOf(challenge, moment) }))
    .filter((group) => group.tools.length > 0);
  if (groups.length === 0) return null;
  return (
    <section class="section" aria-labelledby="tools">
      <h2 id="tools">{t('tools.title')}</h2>
      <div class="tools">
        {groups.map(({ moment, tools }) => (
          <section key={moment} aria-labelledby={`tools-${moment}`}>
            <h3 id={`tools-${moment}`}>{t(`tools.${moment}`)}</h3>
            <ul>
              {tools.map((tool) => (
                <li key={tool.path}>
                  <Link href={`/manage/challenges/${challenge.id}/${tool.path}`}>{t(tool.title)}</Link>
                  {tool.hint ? <span class="hint">{t(tool.hint)}</span> : null}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}
