import { LinkButton } from '~/components/LinkButton';
import { useMessages } from '~/i18n/use-messages';
import './manage.css';
import { messages } from './messages';
import type en from './messages/en.json';

/** The pages on which a challenge is written, in the order in which they are mostly gone through. */
const pages: [string, keyof typeof en][] = [
  ['text', 'text.title'],
  ['eligibility', 'eligibility.title'],
  ['settings', 'settings.title'],
  ['criteria', 'criteria.title'],
  ['form', 'form.title'],
  ['terms', 'terms.title'],
];

/** At the foot of a page of a challenge: the next page of writing, and the way back. */
export function Onward({ id, from }: { id: string; from: string }) {
  const t = useMessages(messages);
  const at = `/manage/challenges/${id}`;
  const place = pages.findIndex(([each]) => each === from);
  const [path, title] = (place < 0 ? undefined : pages[place + 1]) ?? [];
  return (
    <p class="actions onward">
      {path && title ? (
        <LinkButton href={`${at}/${path}`} kind="outline">
          {t('onward', { page: t(title) })}
        </LinkButton>
      ) : null}
      <LinkButton href={at} kind="link">
        {t('onward.back')}
      </LinkButton>
    </p>
  );
}
