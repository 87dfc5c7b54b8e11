import { Link, useLocation } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Candidate, type Region, refresh, useCandidates } from './api';
import { CityFields, emptyCity, namesOf } from './CityFields';
import { messages } from './messages';

/** Adds a city that the programme knows, or another one. */
export default function AddCityPage() {
  const t = useMessages(messages);
  const query = useCandidates();
  return (
    <QueryView query={query} page>
      {({ items }) => (
        <Page
          title={t('add.title')}
          lead={<p>{t('add.lead')}</p>}
          above={<Link href="/admin/cities">{t('city.all')}</Link>}
          narrow
        >
          <AddForm candidates={items} />
        </Page>
      )}
    </QueryView>
  );
}

const other = 'other';

function AddForm({ candidates }: { candidates: Candidate[] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, go] = useLocation();
  const form = useForm({
    id: 'add-city',
    initial: { candidate: '', ...emptyCity, slug: '', country: '' },
    failed: t('add.failed'),
    serverNames: { name: 'name_en', 'name.en': 'name_en', 'name.es': 'name_es', 'name.ja': 'name_ja' },
    check: (v) => ({
      candidate: v.candidate ? undefined : t('choose'),
      name_en: v.name_en || v.name_es || v.name_ja || v.candidate !== other ? undefined : t('missing.name'),
      country: v.candidate === other && !v.country ? t('missing', { field: t('field.country') }) : undefined,
    }),
    submit: async (v, key) => {
      const made = await ok(
        api.POST('/cities', {
          headers: idempotencyKey(key),
          body: {
            candidate: v.candidate === other ? undefined : v.candidate,
            slug: v.slug.trim() || undefined,
            country: v.country.trim().toUpperCase() || undefined,
            name: namesOf(v),
            region: (v.region || undefined) as Region | undefined,
            timeZone: v.timeZone.trim() || undefined,
            language: (v.language || undefined) as Language | undefined,
          },
        }),
      );
      await refresh();
      showToast(t('add.done'));
      go(`/admin/cities/${made.slug}`);
    },
  });
  const chosen = candidates.find((each) => each.slug === form.values.candidate);
  // A known city brings its settings along; they stay open to change.
  const choose = (slug: string) => {
    const known = candidates.find((each) => each.slug === slug);
    form.reset({
      ...form.values,
      candidate: slug,
      slug: known?.slug ?? '',
      country: known?.country ?? '',
      name_en: known?.name.en ?? '',
      name_es: known?.name.es ?? '',
      name_ja: known?.name.ja ?? '',
      region: known?.region ?? '',
      timeZone: known?.timeZone ?? '',
      language: known?.language ?? '',
    });
  };
  return (
    <Form form={form}>
      <Select
        {...form.field('candidate')}
        onValue={choose}
        label={t('add.candidate')}
        hint={t('add.candidate.hint')}
        empty=""
        options={[
          ...candidates.map((each) => ({ value: each.slug, label: textIn(each.name, language).text })),
          { value: other, label: t('add.other') },
        ]}
      />
      {chosen ? (
        <p class="muted">
          {t('add.known', { via: chosen.via, issues: textIn(chosen.localIssues, language).text })}
        </p>
      ) : null}
      {form.values.candidate ? <CityFields form={form} fresh /> : null}
      <SubmitButton busy={form.busy}>{t('add.submit')}</SubmitButton>
    </Form>
  );
}
