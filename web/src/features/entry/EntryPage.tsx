import { Link } from 'wouter-preact';
import { CityMark } from '~/components/CityMark';
import { DeadlineStrip } from '~/components/DeadlineStrip';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { TaskList } from '~/components/TaskList';
import { When } from '~/components/When';
import { Notes } from '~/features/correction/Notes';
import { sendBefore } from '~/features/correction/reopened';
import { Missing } from '~/features/entrant/Missing';
import { More } from '~/features/entrant/More';
import { Ahead, Stage } from '~/features/entrant/Stage';
import { StageTag } from '~/features/entrant/StageTag';
import { useTestbedsTask } from '~/features/entrant/testbeds-task';
import { messages as extras } from '~/features/extras/messages';
import { messages as panel } from '~/features/panel/messages';
import { messages as pitch } from '~/features/pitch/messages';
import { messages as question } from '~/features/question/messages';
import { messages as rules } from '~/features/rules/messages';
import { languageNames } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Entry, type EntryFile, may, useEntry } from './api';
import { FormNews } from './FormNews';
import { LateNote } from './LateNote';
import { messages } from './messages';
import { Receipt } from './Receipt';
import { sectionTone, zonesOf } from './words';

const awaitedFiles = () => import('./AwaitedFiles').then((found) => ({ default: found.AwaitedFiles }));
const consent = () =>
  import('~/features/entrant/GalleryConsent').then((found) => ({ default: found.GalleryConsent }));
const infectedFiles = () => import('./InfectedFiles').then((found) => ({ default: found.InfectedFiles }));
const isAwaited = (file: EntryFile) => file.state === 'uploading' || file.state === 'missing';

/** An entry as its team sees it: what to do, how far it is, what happens next. */
export default function EntryPage({ params }: PageProps) {
  const query = useEntry(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(entry) => <EntryView entry={entry} />}
    </QueryView>
  );
}

function EntryView({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(entry.challenge.title as LocalText, language);
  const editable = may(entry, 'entry.edit');
  const testbeds = useTestbedsTask(entry.id);
  return (
    <Page
      middle
      title={title.text}
      titleLang={title.lang === language ? undefined : title.lang}
      above={
        <>
          {entry.challenge.cities.map((city) => (
            <CityMark key={city.id} city={city} />
          ))}
          {entry.stage ? <StageTag stage={entry.stage} /> : null}
          {entry.challenge.dates.extendedFrom ? <Tag>{t('extended')}</Tag> : null}
          <span class="small muted">{entry.reference}</span>
        </>
      }
    >
      <Stage entry={entry} />
      <Notes entry={entry} />
      <Later
        load={() => import('~/features/rules/EntryRules')}
        messages={[rules]}
        props={{ entryId: entry.id }}
      />
      <JuryNotes entry={entry} />
      <LateNote entry={entry} />
      {entry.files.some((file) => file.sent && isAwaited(file)) ? (
        <Later load={awaitedFiles} messages={[]} props={{ entry }} />
      ) : null}
      {entry.files.some((file) => file.sent && file.state === 'infected') ? (
        <Later load={infectedFiles} messages={[]} props={{ entry }} />
      ) : null}
      <FormNews entry={entry} />
      {editable ? (
        <DeadlineStrip
          label={t('deadline')}
          at={sendBefore(entry)}
          cities={zonesOf(entry.challenge.cities, language)}
        />
      ) : null}
      <Later
        load={() => import('~/features/extras/Eligibility')}
        messages={[extras]}
        props={{ entryId: entry.id }}
      />
      <section class="section" aria-labelledby="tasks">
        <h2 id="tasks">{t(editable ? 'tasks.title' : 'tasks.read')}</h2>
        <TaskList
          tasks={[
            ...entry.sections.map((section) => ({
              href: `/my/entries/${entry.id}/edit/${section.key}`,
              title: textIn(section.label as LocalText, language).text,
              status: t(`section.${section.state}`),
              tone: sectionTone[section.state],
            })),
            ...testbeds,
          ]}
        />
        {may(entry, 'entry.submit') ? <Missing entry={entry} /> : null}
        <p class="actions">
          {may(entry, 'entry.submit') ? (
            <LinkButton href={`/my/entries/${entry.id}/check`} kind="primary">
              {t(entry.lastSubmission ? 'check.again' : 'check.go')}
            </LinkButton>
          ) : null}
          {entry.status === 'results' ? (
            <LinkButton href={`/my/entries/${entry.id}/result`} kind="primary">
              {t('result.see')}
            </LinkButton>
          ) : null}
        </p>
      </section>
      {entry.dropped.length > 0 ? (
        <Later load={() => import('./Dropped')} messages={[question]} props={{ entry }} />
      ) : null}
      <Ahead entry={entry} />
      <Facts entry={entry} />
      <More entry={entry.id} />
      <Later load={consent} messages={[]} props={{ entry: entry.id }} />
      {may(entry, 'entry.withdraw') ? (
        <Later load={() => import('./Turns')} messages={[]} props={{ entry }} />
      ) : null}
    </Page>
  );
}

/** What a submitted entry has to do with its jury: the invitation to a pitch, and who judges. */
function JuryNotes({ entry }: { entry: Entry }) {
  if (!entry.lastSubmission) return null;
  return (
    <>
      {may(entry, 'entry.edit') ? null : (
        <Later
          load={() => import('~/features/pitch/Invitation')}
          messages={[pitch]}
          props={{ entryId: entry.id }}
        />
      )}
      <Later
        load={() => import('~/features/panel/PanelNote')}
        messages={[panel]}
        props={{ entry: entry.id }}
      />
    </>
  );
}

function Facts({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const sent = entry.lastSubmission;
  return (
    <section class="section" aria-labelledby="about">
      <h2 id="about">{t('about')}</h2>
      <dl class="facts split">
        <div>
          <dt>{t('team')}</dt>
          <dd>
            <Link href={`/my/teams/${entry.team.id}`}>
              <bdi>{entry.team.name}</bdi>
            </Link>
            <p class="small muted">{t('team.people')}</p>
          </dd>
        </div>
        <div>
          <dt>{t('challenge')}</dt>
          <dd>
            <Link href={`/challenges/${entry.challenge.slug}`}>{t('challenge.read')}</Link>
          </dd>
        </div>
        <div>
          <dt>{t('language')}</dt>
          <dd lang={entry.language}>{languageNames[entry.language]}</dd>
        </div>
        {sent ? (
          <div>
            <dt>{t('sent', { n: sent.number })}</dt>
            <dd>
              <When at={sent.submittedAt} />
              {sent.submittedBy ? (
                <span class="small muted"> {t('sent.by', { name: sent.submittedBy })}</span>
              ) : null}
            </dd>
          </div>
        ) : null}
      </dl>
      {may(entry, 'entry.receipt') ? <Receipt entry={entry} /> : null}
    </section>
  );
}
