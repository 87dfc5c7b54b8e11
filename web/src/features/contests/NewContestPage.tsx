import { useLocation } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { Checkbox } from '~/components/Checkbox';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { languages } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type ContestItem, defaultFilters, moments, refresh, useContests } from './api';
import { Back } from './ContestsPage';
import { messages } from './messages';

/** Makes a contest or a rehearsal, from nothing or as a copy. */
export default function NewContestPage() {
  const t = useMessages(messages);
  const query = useContests({ ...defaultFilters, kind: 'real' });
  const pages = query.data?.pages ?? [];
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {() => (
        <Page title={t('new.title')} lead={<p>{t('new.lead')}</p>} above={<Back />} narrow>
          <NewForm sources={pages.flatMap((page) => page.items)} />
        </Page>
      )}
    </QueryView>
  );
}

function NewForm({ sources }: { sources: ContestItem[] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, go] = useLocation();
  const form = useForm({
    id: 'new-contest',
    initial: {
      copyOf: sources[0]?.id ?? '',
      withChallenges: false,
      rehearsal: false,
      minutes: '120',
      title: '',
      opensAt: '',
      closesAt: '',
      judgingEndsAt: '',
      resultsAt: '',
    },
    failed: t('new.failed'),
    serverNames: Object.fromEntries([
      ...moments.map((each) => [`dates.${each}`, each]),
      ...languages.map((each) => [`title.${each}`, 'title']),
      ['rehearsalMinutes', 'minutes'],
    ]),
    check: (v) => {
      const minutes = Number(v.minutes);
      if (v.rehearsal) {
        const fits = Number.isInteger(minutes) && minutes >= 10 && minutes <= 43200;
        return { minutes: fits ? undefined : t('new.minutes.bad') };
      }
      const missing = (name: string) => t('field.missing', { field: name });
      return {
        title: v.title.trim() ? undefined : missing(t('field.title', { language: t(`lang.${language}`) })),
        ...Object.fromEntries(
          moments.map((each) => [each, v[each] ? undefined : missing(t(`field.${each}`))]),
        ),
      };
    },
    submit: async (v, key) => {
      const title = v.title.trim();
      const zone = zoneOf(v.copyOf);
      const made = await ok(
        api.POST('/manage/contests', {
          headers: idempotencyKey(key),
          body: {
            copyOf: v.copyOf || undefined,
            withChallenges: v.copyOf ? v.withChallenges : false,
            rehearsalMinutes: v.rehearsal ? Number(v.minutes) : undefined,
            title: title ? { [language]: title } : undefined,
            timeZone: zone,
            dates: v.rehearsal
              ? undefined
              : {
                  opensAt: fromLocal(v.opensAt, zone),
                  closesAt: fromLocal(v.closesAt, zone),
                  judgingEndsAt: fromLocal(v.judgingEndsAt, zone),
                  resultsAt: fromLocal(v.resultsAt, zone),
                },
          },
        }),
      );
      await refresh();
      showToast(t('new.done'));
      go(`/admin/contests/${made.id}`);
    },
  });
  const zoneOf = (id: string) =>
    sources.find((each) => each.id === id)?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { values } = form;
  return (
    <Form form={form}>
      <Select
        {...form.field('copyOf')}
        label={t('new.from')}
        bare
        empty={t('new.from.nothing')}
        options={sources.map((each) => ({ value: each.id, label: textIn(each.title, language).text }))}
      />
      <Checkbox {...form.box('rehearsal')} bare label={t('new.rehearsal')} hint={t('new.rehearsal.hint')} />
      {values.copyOf ? (
        <Checkbox
          {...form.box('withChallenges')}
          bare
          label={t(values.rehearsal ? 'new.challengesRehearsal' : 'new.challenges')}
        />
      ) : null}
      {values.rehearsal ? (
        <TextInput
          {...form.field('minutes')}
          label={t('new.minutes')}
          hint={t('new.minutes.hint')}
          inputMode="numeric"
          short
        />
      ) : null}
      <TextInput
        {...form.field('title')}
        label={t('field.title', { language: t(`lang.${language}`) })}
        optional={values.rehearsal && values.copyOf !== ''}
      />
      {values.rehearsal
        ? null
        : moments.map((each) => (
            <TextInput
              key={each}
              {...form.field(each)}
              type="datetime-local"
              short
              label={t(`field.${each}`)}
              hint={t('field.dates.hint', { zone: zoneOf(values.copyOf) })}
            />
          ))}
      <SubmitButton busy={form.busy}>
        {t(values.rehearsal ? 'new.submitRehearsal' : 'new.submit')}
      </SubmitButton>
    </Form>
  );
}
