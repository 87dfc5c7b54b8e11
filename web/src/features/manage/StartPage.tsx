import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { useMe } from '~/app/use-me';
import { EmptyState } from '~/components/EmptyState';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { RadioGroup } from '~/components/RadioGroup';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { serverNow } from '~/lib/clock';
import { useForm } from '~/lib/use-form';
import { keep, useCities, useContests } from './api';
import { messages } from './messages';
import { type Source, SourcePicker } from './SourcePicker';

type Cities = NonNullable<ReturnType<typeof useCities>['data']>['items'];
type Contests = NonNullable<ReturnType<typeof useContests>['data']>['items'];

/** Starts a challenge from the programme's template or from an earlier one. */
export default function StartPage() {
  const t = useMessages(messages);
  const cities = useCities();
  const contests = useContests();
  return (
    <Page title={t('start.title')} lead={<p>{t('start.lead')}</p>} narrow>
      <QueryView query={contests}>
        {({ items }) => (
          <QueryView query={cities}>
            {(data) => (
              <StartForm
                contests={items.filter((contest) => new Date(contest.dates.closesAt) > serverNow())}
                cities={data.items.filter((city) => city.allowedActions.includes('challenge.create'))}
              />
            )}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

function StartForm({ contests, cities }: { contests: Contests; cities: Cities }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const me = useMe();
  const [, go] = useLocation();
  const [source, setSource] = useState<Source>();
  const only = contests.length === 1 ? contests[0] : undefined;
  const mine = cities.length === 1 ? cities[0] : undefined;
  const form = useForm({
    id: 'start-challenge',
    initial: {
      contestId: only?.id ?? '',
      leadCityId: mine?.id ?? '',
      language: (mine?.language ?? me?.language ?? language) as string,
      title: '',
      how: 'template',
      sourceId: '',
    },
    failed: t('start.failed'),
    check: (v) => ({
      contestId: v.contestId ? undefined : t('missing', { field: t('start.contest') }),
      leadCityId: v.leadCityId ? undefined : t('missing', { field: t('start.city') }),
    }),
    submit: async (v, key) => {
      const body = {
        contestId: v.contestId,
        leadCityId: v.leadCityId,
        language: v.language as Language,
        title: v.title.trim() || undefined,
      };
      const headers = idempotencyKey(key);
      const made = await ok(
        v.how === 'template'
          ? api.POST('/manage/challenges', { headers, body })
          : api.POST('/manage/challenges/{id}/clone', {
              params: { path: { id: v.sourceId } },
              headers,
              body,
            }),
      );
      await keep(made);
      go(`/manage/challenges/${made.id}`);
    },
  });
  if (contests.length === 0) {
    return (
      <EmptyState title={t('start.none')}>
        <p>{t('start.none.text')}</p>
      </EmptyState>
    );
  }
  const past = form.values.how === 'past';
  const written = past && source ? languages.filter((each) => source.languages.includes(each)) : languages;
  return (
    <Form form={form}>
      <RadioGroup
        {...form.field('how')}
        label={t('start.how')}
        options={(['template', 'past'] as const).map((value) => ({
          value,
          label: t(`start.how.${value}`),
          hint: t(`start.how.${value}.hint`),
        }))}
      />
      {past ? (
        <SourcePicker
          field={form.field('sourceId')}
          onChoose={(chosen) => {
            setSource(chosen);
            if (!chosen.languages.includes(form.values.language as Language)) {
              form.set('language', chosen.lang);
            }
          }}
        />
      ) : null}
      <Select
        {...form.field('contestId')}
        label={t('start.contest')}
        empty={only ? undefined : ''}
        options={contests.map((each) => ({ value: each.id, label: textIn(each.title, language).text }))}
      />
      <Select
        {...form.field('leadCityId')}
        label={t('start.city')}
        hint={t('start.city.hint')}
        empty={mine ? undefined : ''}
        options={cities.map((city) => ({ value: city.id, label: textIn(city.name, language).text }))}
      />
      <Select
        {...form.field('language')}
        label={t('start.language')}
        hint={t('start.language.hint')}
        options={written.map((value) => ({ value, label: languageNames[value], lang: value }))}
      />
      <TextInput
        {...form.field('title')}
        label={t('start.title.field')}
        hint={t(past ? 'start.title.past' : 'start.title.hint')}
        optional
      />
      <SubmitButton busy={form.busy}>{t('start.submit')}</SubmitButton>
    </Form>
  );
}
