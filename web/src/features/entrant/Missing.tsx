import { Link } from 'wouter-preact';
import { Disclosure } from '~/components/Disclosure';
import { idOf } from '~/components/Field';
import { useEligibilityLacks } from '~/features/extras/eligibility';
import type { Question } from '~/features/question/check';
import { messages as question } from '~/features/question/messages';
import { sayLack } from '~/features/question/words';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry } from './api';
import { messages } from './messages';

/** What stands in the way of sending, each with a link to where it is mended. */
export function Missing({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const say = useMessages(question);
  const language = useLanguage();
  const ineligible = useEligibilityLacks(entry.id, entry.missing);
  const n = entry.missing.length;
  if (n === 0) return <p class="muted">{t('missing.none')}</p>;
  return (
    <Disclosure summary={t('missing.title', { n })}>
      <ul>
        {entry.missing.map((lack) => {
          const field = entry.fields.find((each) => lack.pointer === `/fields/${each.key}`);
          if (!field) return null; // of the eligibility questions, below
          const label = textIn(field.label as LocalText, language);
          return (
            <li key={field.key}>
              <Link
                href={`/my/entries/${entry.id}/edit/${field.section}#${idOf(`fields.${field.key}`)}`}
                lang={label.lang === language ? undefined : label.lang}
              >
                {label.text}
              </Link>
              {': '}
              {sayLack(lack, field as Question, say, language)}
            </li>
          );
        })}
        {Object.entries(ineligible).map(([name, text]) => (
          <li key={name}>
            {/* On this page: the focus is taken there by hand, as a link to a radio does not. */}
            <a href={`#${idOf(name)}`} onClick={(event) => goTo(event, name)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function goTo(event: Event, name: string): void {
  const control = document.getElementById(idOf(name));
  if (!control) return;
  event.preventDefault();
  control.closest('.field')?.scrollIntoView({ block: 'center' });
  control.focus();
}
