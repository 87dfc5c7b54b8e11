import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { LangText } from '~/components/LangText';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { date } from '~/i18n/dates';
import { listed } from '~/i18n/listed';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Decision, type Row, release } from './api';
import { messages } from './messages';
import { Standing } from './Standing';

/** The decision to read, and its release. */
export function Decided({ decision }: { decision: Decision }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <div class="stack">
      <State decision={decision} />
      <Table
        caption={t('table')}
        rows={decision.rows}
        rowKey={(row) => row.entryId}
        columns={[
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (row) => (
              <>
                {row.reference} {row.teamName}
                <div class="decide-standing">
                  <Standing row={row} order={decision.order} />
                </div>
              </>
            ),
          },
          {
            key: 'outcome',
            title: t('outcome'),
            cell: (row) =>
              row.outcome === undefined
                ? '–'
                : listed(
                    [
                      t(`outcome.${row.outcome}`),
                      row.place === undefined ? '' : t('place.n', { n: row.place }),
                    ],
                    language,
                  ),
          },
          { key: 'slot', title: t('slot'), cell: (row) => slotOf(decision, row, language) },
          {
            key: 'reason',
            title: t('reason'),
            cell: (row) => (row.reason ? <LangText text={row.reason} lang={decision.language} /> : '–'),
          },
        ]}
      />
    </div>
  );
}

function slotOf(decision: Decision, row: Row, language: Parameters<typeof textIn>[1]): string {
  const slot = decision.slots.find((each) => each.id === row.slotId);
  if (!slot) return '–';
  const days = [slot.startsOn, slot.endsOn].map((day) => date(new Date(day), 'UTC', language)).join(' – ');
  return listed([textIn(slot.testbed, language).text, days], language);
}

function State({ decision }: { decision: Decision }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async () => {
    setAsking(false);
    setError(undefined);
    try {
      showToast(t('release.done', { n: await release(decision) }));
    } catch (failure) {
      setError(failure);
    }
  };
  if (decision.releasedAt) {
    return (
      <Notice tone="success" title={t('state.released')}>
        <p>
          <When at={decision.releasedAt} zone={decision.timeZone} />
        </p>
        <p>
          <LinkButton href={`/challenges/${decision.slug}/results`}>{t('results')}</LinkButton>
        </p>
      </Notice>
    );
  }
  if (!decision.decidedAt) return null;
  return (
    <Notice title={t('state.decided')}>
      <p>{t('release.text', { n: decision.notices })}</p>
      {error ? <ErrorState error={error} /> : null}
      {decision.allowedActions.includes('award.release') ? (
        <p>
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t('release')}
          </Button>
        </p>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void send()}
        title={t('release.confirm')}
        confirm={t('release')}
      >
        <p>{t('release.confirm.text', { n: decision.notices })}</p>
      </ConfirmDialog>
    </Notice>
  );
}
