import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { Table } from '~/components/Table';
import { TextArea } from '~/components/TextArea';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Cell, type Progress, refreshChair, useMatrix } from './api';
import { messages } from './messages';
import { oneDecimal } from './one-decimal';

type Chosen = { review: string; entry: string; juror: string };

/** Jurors by entries: each one's total, or how far it is. */
export function MatrixPanel({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const [chosen, choose] = useState<Chosen>();
  return (
    <QueryView query={useMatrix(progress.challengeId)}>
      {(matrix) => (
        <section class="stack" aria-labelledby="matrix">
          <h2 id="matrix">{t('matrix')}</h2>
          {matrix.sealed ? <Notice>{t('matrix.sealed')}</Notice> : null}
          <Table
            caption={t('matrix.caption')}
            narrow="scroll"
            rows={matrix.rows}
            rowKey={(row) => row.entryId}
            columns={[
              {
                key: 'entry',
                title: t('entry'),
                heading: true,
                cell: (row) => (
                  <>
                    {row.reference} <span class="small muted">{row.teamName}</span>
                  </>
                ),
              },
              ...matrix.jurors.map((juror) => ({
                key: juror.seatId,
                title: juror.name ?? t('juror.n', { n: juror.label }),
                numeric: true,
                cell: (row: (typeof matrix.rows)[number]) => {
                  const cell = row.cells.find((each) => each.seatId === juror.seatId);
                  return cell ? (
                    <CellView
                      cell={cell}
                      onReopen={(review) =>
                        choose({
                          review,
                          entry: row.reference,
                          juror: juror.name ?? t('juror.n', { n: juror.label }),
                        })
                      }
                    />
                  ) : null;
                },
              })),
            ]}
          />
          <Dialog open={chosen !== undefined} onClose={() => choose(undefined)} title={t('reopen')}>
            {chosen ? <Reopen chosen={chosen} onDone={() => choose(undefined)} /> : null}
          </Dialog>
        </section>
      )}
    </QueryView>
  );
}

function CellView({ cell, onReopen }: { cell: Cell; onReopen: (review: string) => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const text = cell.total === undefined ? t(`cell.${cell.state}`) : oneDecimal(cell.total, language);
  const left = cell.notApplicable ? (
    <span class="small muted">{t('cell.left', { n: cell.notApplicable })}</span>
  ) : null;
  if (cell.reopened) {
    return (
      <>
        {text} <span class="small">{t('cell.reopened')}</span> {left}
      </>
    );
  }
  const review = cell.reviewId;
  if (!review) {
    return (
      <>
        {text} {left}
      </>
    );
  }
  return (
    <>
      <Button kind="link" onClick={() => onReopen(review)} aria-label={t('reopen.cell', { total: text })}>
        {text}
      </Button>{' '}
      {left}
    </>
  );
}

function Reopen({ chosen, onDone }: { chosen: Chosen; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `reopen-${chosen.review}`,
    initial: { reason: '' },
    failed: t('failed'),
    check: (v) => ({ reason: v.reason.trim() ? undefined : t('reopen.reason.missing') }),
    submit: async (v) => {
      await ok(api.POST('/manage/reviews/{id}/reopen', { params: { path: { id: chosen.review } }, body: v }));
      await refreshChair();
      showToast(t('reopen.done'));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <p>{t('reopen.text', { entry: chosen.entry, juror: chosen.juror })}</p>
      <TextArea
        {...form.field('reason')}
        label={t('reopen.reason')}
        hint={t('reopen.reason.hint')}
        rows={3}
      />
      <SubmitButton busy={form.busy} kind="danger">
        {t('reopen.submit')}
      </SubmitButton>
    </Form>
  );
}
