import { Button } from '~/components/Button';
import type { Tone } from '~/components/Notice';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { Job, JobState } from './api';
import { messages } from './messages';

const tones: Partial<Record<JobState, Tone>> = {
  running: 'info',
  retryable: 'warning',
  discarded: 'danger',
  completed: 'success',
};

type Props = { jobs: Job[]; onAct: (job: Job, deed: 'retry' | 'cancel') => void };

/** One line a job. Its kind is the program's own name for it. */
export function JobTable({ jobs, onAct }: Props) {
  const t = useMessages(messages);
  return (
    <Table
      caption={t('jobs.title')}
      hideCaption
      rows={jobs}
      rowKey={(job) => String(job.id)}
      columns={[
        { key: 'kind', title: t('jobs.kind'), heading: true, cell: (job) => <code>{job.kind}</code> },
        {
          key: 'state',
          title: t('state'),
          cell: (job) => (
            <>
              <Tag tone={tones[job.state]}>{t(`job.${job.state}`)}</Tag>
              {job.lastError ? <div class="small">{job.lastError}</div> : null}
              <div class="marks">
                {job.allowedActions.map((deed) => (
                  <Button
                    key={deed}
                    kind="link"
                    aria-label={t(`jobs.${deed}.label`, { id: job.id, kind: job.kind })}
                    onClick={() => onAct(job, deed)}
                  >
                    {t(`jobs.${deed}`)}
                  </Button>
                ))}
              </div>
            </>
          ),
        },
        {
          key: 'attempt',
          title: t('jobs.attempts'),
          numeric: true,
          cell: (job) => t('jobs.attempt', { n: job.attempt, max: job.maxAttempts }),
        },
        {
          key: 'at',
          title: t('jobs.at'),
          cell: (job) => <When at={job.finishedAt ?? job.scheduledAt} short />,
        },
      ]}
    />
  );
}
