import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { ActDialog } from './ActDialog';
import { type Act, type Detail, type Run, useDetail } from './api';
import { Contents } from './Contents';
import { Corrections } from './Corrections';
import { Eligible } from './Eligible';
import { messages } from './messages';
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
      <Eligible detail={detail} />
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
