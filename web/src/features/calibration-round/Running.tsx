import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { type Translate, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Calibration, entryName, refresh } from './api';
import { CancelDialog } from './CancelDialog';
import { messages } from './messages';
import type en from './messages/en.json';

/** Which entries, who is done, and the chair's two ways to end it. */
export function Running({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  const asked = round.jurors.filter((each) => each.of > 0);
  const done = asked.filter((each) => each.handedInAt).length;
  return (
    <section class="section" aria-labelledby="running">
      <h2 id="running">{t('jurors', { n: done, of: asked.length })}</h2>
      <dl class="row-facts">
        <div>
          <dt>{t('entries')}</dt>
          <dd>
            {round.entries.map((each) => (
              <p key={each.entryId} dir="auto">
                {entryName(each)}
              </p>
            ))}
          </dd>
        </div>
        {round.openedAt ? (
          <div>
            <dt>{t('since')}</dt>
            <dd class="small">
              <When at={round.openedAt} zone={round.timeZone} short />
            </dd>
          </div>
        ) : null}
        {round.closedAt ? (
          <div>
            <dt>{t('ended')}</dt>
            <dd class="small">
              <When at={round.closedAt} zone={round.timeZone} short />
            </dd>
          </div>
        ) : null}
      </dl>
      <Table
        caption={t('progress')}
        hideCaption
        rows={round.jurors}
        rowKey={(each) => each.seatId}
        columns={[
          { key: 'name', title: t('name'), heading: true, cell: (each) => each.name || t('name.gone') },
          { key: 'progress', title: t('progress'), cell: (each) => <Done juror={each} t={t} /> },
        ]}
      />
      {round.state === 'open' && round.allowedActions.includes('calibration.run') ? (
        <Ends round={round} missing={asked.length - done} />
      ) : null}
    </section>
  );
}

type Props = { juror: Calibration['jurors'][number]; t: Translate<keyof typeof en> };

function Done({ juror, t }: Props) {
  if (juror.of === 0) return <span class="muted">{t('progress.none')}</span>;
  if (!juror.handedInAt) return <>{t('progress.begun', { n: juror.begun, of: juror.of })}</>;
  return <Tag tone="success">{t('progress.done')}</Tag>;
}

function Ends({ round, missing }: { round: Calibration; missing: number }) {
  const t = useMessages(messages);
  const [asking, ask] = useState<'close' | 'cancel'>();
  const [error, setError] = useState<unknown>();
  const close = async () => {
    ask(undefined);
    setError(undefined);
    try {
      await ok(
        api.POST('/manage/challenges/{id}/calibration/close', {
          params: { path: { id: round.challengeId } },
        }),
      );
      showToast(t('closed'));
    } catch (failure) {
      setError(failure);
    }
    await refresh();
  };
  return (
    <>
      {error ? <ErrorState error={error} /> : null}
      <div class="actions">
        <Button kind="primary" onClick={() => ask('close')}>
          {t('close')}
        </Button>
        <Button kind="link" onClick={() => ask('cancel')}>
          {t('cancel')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking === 'close'}
        onClose={() => ask(undefined)}
        onConfirm={() => void close()}
        title={t('close.confirm')}
        confirm={t('close')}
      >
        <p>{t('close.text')}</p>
        {round.counts ? <p>{t('close.counts')}</p> : null}
        {missing > 0 ? <p>{t('close.missing', { n: missing })}</p> : null}
      </ConfirmDialog>
      <CancelDialog open={asking === 'cancel'} onClose={() => ask(undefined)} challenge={round.challengeId} />
    </>
  );
}
