import { useState } from 'preact/hooks';
import { Link, useLocation } from 'wouter-preact';
import { Button } from '~/components/Button';
import { ErrorSummary } from '~/components/ErrorSummary';
import { idOf } from '~/components/Field';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { Notes } from '~/features/correction/Notes';
import { isOpen, sendBefore } from '~/features/correction/reopened';
import { useEligibilityLacks } from '~/features/extras/eligibility';
import { messages as extras } from '~/features/extras/messages';
import { messages as question } from '~/features/question/messages';
import { sayLack } from '~/features/question/words';
import { messages as rules } from '~/features/rules/messages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useStore } from '~/lib/store';
import type { PageProps } from '~/routes/route';
import { type Entry, may, renewEntry, useEntry } from './api';
import { LateNote } from './LateNote';
import { messages } from './messages';
import { ReadOnly } from './ReadOnly';
import { fingerprints, promised } from './upload/fingerprints';
import { useDeed } from './use-deed';
import { labelOf, lackOf, lacks } from './words';

// Who may send needs none of it.
const stage = () => import('~/features/entrant/Stage').then((found) => ({ default: found.Stage }));

/** Everything once more before it is sent. */
export default function CheckPage({ params }: PageProps) {
  const query = useEntry(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(entry) => <Check entry={entry} />}
    </QueryView>
  );
}

function Check({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const say = useMessages(question);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const deed = useDeed(entry.id);
  const [attempt, setAttempt] = useState(0);
  const { dates } = entry.challenge;

  const printing = usePrinting(entry);
  const [waits, setWaits] = useState(false);

  const submit = async () => {
    // A file whose fingerprint is known may follow; one without could not be part of the entry.
    setWaits(true);
    await promised(entry.id).finally(() => setWaits(false));
    const sent = await deed.run('submit');
    if (sent) return navigate(`/my/entries/${entry.id}/submitted`);
    // What is missing may be news: somebody else edits as well.
    await renewEntry(entry.id);
    setAttempt((before) => before + 1);
  };
  const ineligible = useEligibilityLacks(entry.id, entry.missing);
  const missing = { ...lacks(entry, language, t, say), ...ineligible };
  return (
    <Page
      middle
      title={t('check.title')}
      above={<Link href={`/my/entries/${entry.id}`}>{t('back', { reference: entry.reference })}</Link>}
      lead={<p>{t('check.lead')}</p>}
    >
      {attempt > 0 ? <Refused deed={deed} missing={missing} attempt={attempt} /> : null}
      <Notes entry={entry} />
      {entry.sections.map((section) => {
        const label = textIn(section.label as LocalText, language);
        return (
          <section key={section.key} class="section" aria-labelledby={`s-${section.key}`}>
            <h2 id={`s-${section.key}`} lang={label.lang === language ? undefined : label.lang}>
              {label.text}
            </h2>
            <ReadOnly
              entry={entry}
              section={section}
              change={(field) => {
                const lack = lackOf(entry.missing, field);
                const name = `fields.${field.key}`;
                return (
                  <>
                    {lack ? <p class="error-text">{sayLack(lack, field, say, language)}</p> : null}
                    {may(entry, 'entry.edit') && isOpen(entry, field) ? (
                      <p>
                        <Link
                          id={idOf(name)}
                          href={`/my/entries/${entry.id}/edit/${section.key}#${idOf(name)}`}
                        >
                          {t('check.change')}
                          <span class="visually-hidden"> {labelOf(field, language)}</span>
                        </Link>
                      </p>
                    ) : null}
                  </>
                );
              }}
            />
          </section>
        );
      })}
      <Later
        load={() => import('~/features/extras/Eligibility')}
        messages={[extras]}
        props={{
          entryId: entry.id,
          slug: entry.challenge.slug,
          refused: attempt > 0 ? Object.keys(ineligible) : [],
        }}
      />
      {may(entry, 'entry.submit') ? (
        <section class="section" aria-labelledby="submit">
          <h2 id="submit">{t('submit.title')}</h2>
          <p>
            {t('submit.text')}
            <When at={sendBefore(entry)} zone={dates.timeZone} />
          </p>
          <Later
            load={() => import('~/features/rules/EntryRules')}
            messages={[rules]}
            props={{ entryId: entry.id, sending: true }}
          />
          {entry.countsOnceConfirmed ? <Notice tone="warning" title={t('notice.unconfirmed')} /> : null}
          <LateNote entry={entry} sending />
          <OnTheWay entry={entry} printing={printing} />
          <p class="actions">
            <Button kind="primary" aria-busy={deed.busy || waits} onClick={() => void submit()}>
              {t(waits && printing ? 'submit.printing' : deed.busy ? 'submit.busy' : 'submit.go')}
            </Button>
            <LinkButton href={`/my/entries/${entry.id}`} kind="outline">
              {t('section.all')}
            </LinkButton>
          </p>
        </section>
      ) : (
        <Later load={stage} messages={[]} props={{ entry }} />
      )}
    </Page>
  );
}

type RefusedProps = { deed: ReturnType<typeof useDeed>; missing: Record<string, string>; attempt: number };

/** Why it was not sent. What was missing may have been mended on this page since. */
function Refused({ deed, missing, attempt }: RefusedProps) {
  const t = useMessages(messages);
  const message = Object.keys(missing).length > 0 ? t('check.incomplete') : deed.lacking ? '' : deed.error;
  return message ? <ErrorSummary message={message} fields={missing} attempt={attempt} /> : null;
}

/** Whether a fingerprint of this entry is being computed in this tab. */
function usePrinting(entry: Entry): boolean {
  const all = Object.values(useStore(fingerprints));
  return all.some((each) => each.entryId === entry.id && !each.sent && !each.error);
}

/** Files whose bytes have not arrived, and until when they may follow. */
function OnTheWay({ entry, printing }: { entry: Entry; printing: boolean }) {
  const t = useMessages(messages);
  const files = entry.files.filter((file) => file.state === 'uploading' && !file.replaced);
  if (files.length === 0) return null;
  return (
    <Notice title={t('onTheWay.title', { n: files.length })}>
      <p>{files.map((file) => file.name).join(', ')}</p>
      <p>
        {t(printing ? 'onTheWay.printing' : 'onTheWay.text')}{' '}
        <When at={entry.window.filesUntil} zone={entry.challenge.dates.timeZone} />
      </p>
    </Notice>
  );
}
