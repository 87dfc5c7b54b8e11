import { Link } from 'wouter-preact';
import type { components } from '~/api/schema';
import { idOf } from '~/components/Field';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Relative, When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import './correction.css';

type Entry = components['schemas']['Entry'];

/** What the city did about an entry, to its team: a request for correction, a failed check, an early opening. */
export default function TeamNotes({ entry, alone }: { entry: Entry; alone?: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const zone = entry.challenge.dates.timeZone;
  const failed = alone ? undefined : entry.failed;
  const openedEarly = alone ? undefined : entry.openedEarly;
  return (
    <>
      {entry.correction ? <Correction entry={entry} correction={entry.correction} /> : null}
      {failed ? (
        <Notice tone="danger" title={t('failed')}>
          <ul class="prose">
            {failed.reasons.map((reason) => {
              const { text, lang } = textIn(reason, language);
              return (
                <li key={text} lang={lang === language ? undefined : lang}>
                  {text}
                </li>
              );
            })}
          </ul>
          <Said text={failed.note} lang={failed.language} />
          <p class="small muted">
            <When at={failed.toldAt} zone={zone} />
          </p>
        </Notice>
      ) : null}
      {openedEarly ? (
        <Notice tone="warning" title={t('early')}>
          <p>{t('early.text')}</p>
          <Said text={openedEarly.reason} lang={openedEarly.language} />
          <p class="small muted">
            <When at={openedEarly.at} zone={zone} /> · <Link href="/record">{t('early.record')}</Link>
          </p>
        </Notice>
      ) : null}
    </>
  );
}

function Correction({ entry, correction }: { entry: Entry; correction: NonNullable<Entry['correction']> }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const fields = entry.fields.filter((field) => correction.fieldIds.includes(field.id));
  const sent = correction.sentAt && !correction.changed;
  const zone = entry.challenge.dates.timeZone;
  return (
    <Notice tone={sent ? 'success' : 'warning'} title={t(sent ? 'sent' : 'asked')}>
      <p>
        {t('until')}
        <strong>
          <When at={correction.until} zone={zone} />
        </strong>{' '}
        <span class="muted">
          <Relative at={correction.until} />
        </span>
      </p>
      <ul class="prose">
        {fields.map((field) => {
          const { text, lang } = textIn(field.label, language);
          return (
            <li key={field.id} lang={lang === language ? undefined : lang}>
              <Link href={`/my/entries/${entry.id}/edit/${field.section}#${idOf(`fields.${field.key}`)}`}>
                {text}
              </Link>
            </li>
          );
        })}
      </ul>
      <Said text={correction.note} lang={correction.language} />
      {correction.sentAt ? (
        <p class="small muted">
          {t('sentAt')}
          <When at={correction.sentAt} zone={zone} />
        </p>
      ) : null}
      {correction.changed ? (
        <p>
          <LinkButton href={`/my/entries/${entry.id}/check`} kind="primary">
            {t('send')}
          </LinkButton>
        </p>
      ) : (
        <p>{t(sent ? 'sent.text' : 'asked.text')}</p>
      )}
    </Notice>
  );
}

/** What an official wrote, in the language it was written in. */
function Said({ text, lang }: { text: string; lang: string }) {
  const language = useLanguage();
  return text ? (
    <blockquote class="correction-said" dir="auto" lang={lang === language ? undefined : lang}>
      {text}
    </blockquote>
  ) : null;
}
