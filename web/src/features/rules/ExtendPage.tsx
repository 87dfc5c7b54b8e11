import { useState } from 'preact/hooks';
import { Link, useLocation } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { dateTimeZone, zoneName } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { changed, type Desk, useDesk } from './api';
import { messages } from './messages';
import { Reasons } from './Reasons';

/** A later deadline, with its reason. */
export default function ExtendPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useDesk(params.id ?? '', language);
  return (
    <QueryView query={query} page>
      {(desk) => (
        <Page
          narrow
          title={t('extend.title')}
          above={<Link href={`/manage/challenges/${desk.id}/rules`}>{t('desk.title')}</Link>}
          lead={<p>{t('extend.lead')}</p>}
        >
          {new Date(desk.serverTime) < new Date(desk.dates.closesAt) &&
          desk.allowedActions.includes('rules.amend') ? (
            <Extension desk={desk} />
          ) : (
            <Notice title={t('extend.over')} />
          )}
        </Page>
      )}
    </QueryView>
  );
}

function Extension({ desk }: { desk: Desk }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const zone = desk.timeZone;
  const { dates } = desk;
  const initial = {
    closesAt: toLocal(dates.closesAt, zone),
    judgingEndsAt: toLocal(dates.judgingEndsAt, zone),
    resultsAt: toLocal(dates.resultsAt, zone),
    'reason.en': '',
    'reason.es': '',
    'reason.ja': '',
  };
  const check = (v: typeof initial) => ({
    closesAt:
      v.closesAt && new Date(fromLocal(v.closesAt, zone)) > new Date(dates.closesAt)
        ? undefined
        : t('extend.later'),
    judgingEndsAt: v.judgingEndsAt ? undefined : t('date.missing'),
    resultsAt: v.resultsAt ? undefined : t('date.missing'),
    [`reason.${desk.language}`]: v[`reason.${desk.language}`].trim() ? undefined : t('missing.reason'),
  });
  const form = useForm({
    id: `extend-${desk.id}`,
    initial,
    failed: t('failed'),
    serverNames: {
      'dates.closesAt': 'closesAt',
      'dates.judgingEndsAt': 'judgingEndsAt',
      'dates.resultsAt': 'resultsAt',
    },
    check,
    submit: async (v, key) => {
      const at = (local: string, now: string) =>
        local === toLocal(now, zone) ? now : fromLocal(local, zone);
      await ok(
        api.POST('/manage/challenges/{id}/extend', {
          params: { path: { id: desk.id }, header: idempotencyKey(key) },
          body: {
            dates: {
              closesAt: fromLocal(v.closesAt, zone),
              judgingEndsAt: at(v.judgingEndsAt, dates.judgingEndsAt),
              resultsAt: at(v.resultsAt, dates.resultsAt),
            },
            reason: { en: v['reason.en'], es: v['reason.es'], ja: v['reason.ja'] },
          },
        }),
      );
      await changed(desk.id);
      showToast(t('extend.done'));
      navigate(`/manage/challenges/${desk.id}/rules`);
    },
  });
  const { closesAt } = form.values;
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{t('extend.now')}</dt>
          <dd>
            <When at={dates.closesAt} zone={zone} />
          </dd>
        </div>
      </dl>
      <Form
        form={{ ...form, submit: async () => (faulty(check(form.values)) ? form.submit() : setAsking(true)) }}
      >
        {(['closesAt', 'judgingEndsAt', 'resultsAt'] as const).map((each) => (
          <TextInput
            key={each}
            {...form.field(each)}
            type="datetime-local"
            short
            label={t(each === 'closesAt' ? 'extend.new' : `date.${each}`)}
            hint={t('date.zone', { zone: zoneName(new Date(desk.dates.closesAt), zone) })}
          />
        ))}
        <Reasons form={form} language={desk.language} />
        <SubmitButton busy={form.busy}>{t('extend.go')}</SubmitButton>
      </Form>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void form.submit();
        }}
        title={t('extend.ask')}
        confirm={t('extend.go')}
      >
        {closesAt ? (
          <p>
            <strong>{dateTimeZone(new Date(fromLocal(closesAt, zone)), zone, language)}</strong>
          </p>
        ) : null}
        <p>{t('publish.told', { n: desk.entries })}</p>
        <p>{t('publish.stands')}</p>
      </ConfirmDialog>
    </>
  );
}

/** A form with faults says so at once; only one in order is worth the question whether it is meant. */
const faulty = (faults: Record<string, string | undefined>) => Object.values(faults).some(Boolean);
