import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { ActDialog } from './ActDialog';
import { type Act, type Detail, type Run, useDetail } from './api';
import { Corrections } from './Corrections';
import { messages } from './messages';
import { OpenFile } from './OpenFile';
import { RunStatus } from './RunStatus';
import { tones } from './tones';
import { Verdicts } from './Verdicts';
import './screening.css';

/** One entry as it was submitted, with its check: verdicts, corrections before and after. */
export default function EntryPage({ params }: PageProps) {
  const query = useDetail(params.entry ?? '');
  return (
    <QueryView query={query} page>
      {(detail) => <Entry detail={detail} />}
    </QueryView>
  );
}

function Entry({ detail }: { detail: Detail }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [act, setAct] = useState<Act>();
  const [run, setRun] = useState<Run>();
  const { item } = detail;
  const able = detail.allowedActions.includes('entries.screen');
  return (
    <Page
      middle
      title={item.title || item.reference}
      titleLang={item.language === language ? undefined : item.language}
      above={
        <>
          <Link href={`/manage/challenges/${detail.challengeId}/entries`}>{t('title')}</Link>
          <Tag tone={tones[item.screening]}>{t(`state.${item.screening}`)}</Tag>
          <span class="small muted">{item.reference}</span>
        </>
      }
    >
      {run ? <RunStatus key={run.id} overview={detail} run={run} onRun={setRun} /> : null}
      <dl class="facts split">
        <div>
          <dt>{t('team')}</dt>
          <dd>
            <bdi>{item.team.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('kind')}</dt>
          <dd>
            {t(`kind.${item.team.kind}`)} · {countryName(item.team.country, language)}
          </dd>
        </div>
        <div>
          <dt>{t('at')}</dt>
          <dd>
            <When at={item.submittedAt} zone={detail.timeZone} />
          </dd>
        </div>
      </dl>
      {able ? (
        <p class="actions">
          {actsFor(detail).map((each) => (
            <Button key={each} kind={each === 'pass' ? 'primary' : 'outline'} onClick={() => setAct(each)}>
              {t(`act.${each}`)}
            </Button>
          ))}
        </p>
      ) : null}
      <Corrections detail={detail} />
      <Verdicts detail={detail} />
      <Contents entry={detail.entryId} />
      {act ? (
        <ActDialog
          act={act}
          target={{ entryIds: [detail.entryId], count: 1 }}
          challenge={detail}
          onClose={() => setAct(undefined)}
          onDone={(done) => {
            setAct(undefined);
            setRun(done);
          }}
        />
      ) : null}
    </Page>
  );
}

/** What can be done with an entry as it stands. */
function actsFor({ item, assigned }: Detail): Act[] {
  if (item.state !== 'submitted') return [];
  if (item.correctionUntil && item.screening === 'correcting') return ['close'];
  const acts: Act[] = [];
  if (item.screening !== 'passed') acts.push('pass');
  if (assigned) return acts;
  if (item.screening !== 'failed') acts.push('fail');
  if (item.screening === 'failed' && !item.told) acts.push('tell');
  if (item.screening === 'passed' || item.screening === 'failed') acts.push('undo');
  else acts.push('correct');
  return acts;
}

/** The answers and files as they were last submitted. */
function Contents({ entry }: { entry: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['entry', entry],
    queryFn: () => ok(api.GET('/entries/{id}', { params: { path: { id: entry } } })),
  });
  return (
    <section class="section" aria-labelledby="contents">
      <h2 id="contents">{t('contents')}</h2>
      <QueryView query={query}>
        {(found) => (
          <dl class="facts">
            {found.fields.map((field) => {
              const label = textIn(field.label, language);
              const value = found.answers.find((answer) => answer.fieldId === field.id)?.value ?? '';
              const option = field.options.find((each) => each.key === value);
              const files = found.files.filter((file) => file.fieldId === field.id);
              return (
                <div key={field.id}>
                  <dt lang={label.lang === language ? undefined : label.lang}>{label.text}</dt>
                  <dd>
                    {files.map((file) => (
                      <OpenFile key={file.id} file={file} />
                    ))}
                    {files.length === 0 ? (
                      <p
                        class={value ? 'screening-text' : 'muted'}
                        dir="auto"
                        lang={value && !option && found.language !== language ? found.language : undefined}
                      >
                        {option ? textIn(option.label, language).text : value || t('empty')}
                      </p>
                    ) : null}
                  </dd>
                </div>
              );
            })}
          </dl>
        )}
      </QueryView>
    </section>
  );
}
