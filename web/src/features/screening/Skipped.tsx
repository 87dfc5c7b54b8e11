import { Disclosure } from '~/components/Disclosure';
import { useMessages } from '~/i18n/use-messages';
import type { Run } from './api';
import { messages } from './messages';

const known = [
  'not_submitted',
  'same',
  'passed',
  'failed',
  'correcting',
  'not_failed',
  'told',
  'unscreened',
  'not_correcting',
  'assigned',
  'unknown',
] as const;
type Code = (typeof known)[number];

/** Which entries an act leaves alone, and why. */
export function Skipped({ skipped }: { skipped: Run['skipped'] }) {
  const t = useMessages(messages);
  if (skipped.length === 0) return null;
  const byCode = new Map<Code, string[]>();
  for (const each of skipped) {
    const code = known.find((one) => one === each.code) ?? 'unknown';
    byCode.set(code, [...(byCode.get(code) ?? []), each.reference]);
  }
  return (
    <>
      <p>{t('skipped', { n: skipped.length })}</p>
      <ul class="prose">
        {[...byCode].map(([code, references]) => (
          <li key={code}>
            {t(`skip.${code}`, { n: references.length })}
            {references.length <= 5 ? (
              <span class="small muted"> {references.join(' · ')}</span>
            ) : (
              <Disclosure summary={t('skipped.which')}>
                <p class="small">{references.join(' · ')}</p>
              </Disclosure>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
