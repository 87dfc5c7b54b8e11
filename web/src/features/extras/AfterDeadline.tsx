import type { components } from '~/api/schema';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Whether anything is taken after the deadline, in plain words. */
export function AfterDeadline({ challenge }: { challenge: components['schemas']['ChallengeDetail'] }) {
  const t = useMessages(messages);
  const { phase, graceMinutes, bytesGraceHours } = challenge;
  // Once the entries are judged nobody has to know any more.
  if (!['draft', 'announced', 'open', 'closed'].includes(phase)) return null;
  return (
    <section class="section" aria-labelledby="late">
      <h2 id="late">{t('late.title')}</h2>
      <p>{t('late.grace', { n: graceMinutes })}</p>
      {bytesGraceHours > 0 ? <p>{t('late.files', { n: bytesGraceHours })}</p> : null}
    </section>
  );
}
