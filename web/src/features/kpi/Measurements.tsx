import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { EmptyState } from '~/components/EmptyState';
import { ErrorState } from '~/components/ErrorState';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { date } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { amount } from './amount';
import { type Kpi, type Measurement, refreshFigures } from './api';
import { messages } from './messages';

type Props = { kpi: Kpi; measurements: Measurement[]; mayChange: boolean };

/** What was entered by hand, latest day first; withdrawn ones stay, struck. */
export function Measurements({ kpi, measurements, mayChange }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [leaving, setLeaving] = useState<Measurement>();
  const [error, setError] = useState<unknown>();
  const current = measurements.find((each) => !each.withdrawnAt);

  const withdraw = async (each: Measurement) => {
    setLeaving(undefined);
    setError(undefined);
    try {
      await ok(api.DELETE('/measurements/{id}', { params: { path: { id: each.id } } }));
      showToast(t('withdraw.done'));
    } catch (failure) {
      setError(failure);
    }
    await refreshFigures();
  };
  const day = (each: Measurement) => date(new Date(each.measuredOn), 'UTC', language);

  if (measurements.length === 0) {
    return (
      <EmptyState level={3} title={t('measurements.empty')}>
        <p>{t(kpi.counts ? 'measurements.empty.counted' : 'measurements.empty.text')}</p>
      </EmptyState>
    );
  }
  return (
    <div class="stack">
      {error ? <ErrorState error={error} onRetry={() => setError(undefined)} /> : null}
      <Table
        caption={t('measurements')}
        hideCaption
        rows={measurements}
        rowKey={(each) => each.id}
        columns={[
          {
            key: 'day',
            title: t('day'),
            heading: true,
            cell: (each) => (
              <>
                {day(each)} <span class="muted">{t('monthN', { n: each.month })}</span>
              </>
            ),
          },
          {
            key: 'value',
            title: t('value'),
            numeric: true,
            cell: (each) =>
              each.withdrawnAt ? (
                <del>{amount(kpi, each.value, language)}</del>
              ) : (
                amount(kpi, each.value, language)
              ),
          },
          {
            key: 'evidence',
            title: t('evidence'),
            cell: (each) => (
              <>
                <Evidence text={each.evidence} />
                {each.note ? <p class="small muted">{each.note}</p> : null}
              </>
            ),
          },
          {
            key: 'by',
            title: t('by'),
            cell: (each) => (
              <>
                {each.enteredBy ?? t('by.gone')}{' '}
                <span class="small muted">
                  <When at={each.createdAt} dateOnly />
                </span>
              </>
            ),
          },
          {
            key: 'state',
            title: t('state'),
            cell: (each) =>
              each.withdrawnAt ? (
                <Tag>{t('withdrawn')}</Tag>
              ) : (
                <div class="marks">
                  {each === current ? <Tag tone="success">{t('current')}</Tag> : null}
                  {mayChange ? (
                    <Button
                      kind="link"
                      aria-label={t('withdraw.label', { day: day(each) })}
                      onClick={() => setLeaving(each)}
                    >
                      {t('withdraw')}
                    </Button>
                  ) : null}
                </div>
              ),
          },
        ]}
      />
      <ConfirmDialog
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving && withdraw(leaving)}
        title={t('withdraw.title')}
        confirm={t('withdraw.confirm')}
        danger
      >
        <p>{t('withdraw.text')}</p>
      </ConfirmDialog>
    </div>
  );
}

/** Evidence that is a web address becomes a link; anything else stays text. */
function Evidence({ text }: { text: string }) {
  return /^https?:\/\/\S+$/.test(text) ? (
    <a href={text} rel="noreferrer">
      {text}
    </a>
  ) : (
    <span>{text}</span>
  );
}
