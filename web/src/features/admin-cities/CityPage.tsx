import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { NotFoundPage } from '~/app/NotFoundPage';
import { CityMark } from '~/components/CityMark';
import { Disclosure } from '~/components/Disclosure';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type City, type Region, refresh, useCities } from './api';
import { CityFields, namesOf } from './CityFields';
import { messages } from './messages';
import { Officials } from './Officials';
import { Testbeds } from './Testbeds';

/** One city: its settings, its officials, its testbeds and slots. */
export default function CityPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useCities();
  return (
    <QueryView query={query} page>
      {({ items }) => {
        const city = items.find((each) => each.slug === params.slug);
        if (!city) return <NotFoundPage />;
        const name = textIn(city.name, language);
        const manages = city.allowedActions.includes('cities.manage');
        return (
          <Page
            title={name.text}
            titleLang={name.lang === language ? undefined : name.lang}
            above={
              <>
                <Link href="/admin/cities">{t('city.all')}</Link>
                <CityMark city={city} />
              </>
            }
            middle
          >
            {manages ? (
              <Disclosure summary={t('city.change')}>
                <CityForm key={city.version} city={city} />
              </Disclosure>
            ) : null}
            <Testbeds city={city} />
            {manages ? <Officials city={city} /> : null}
          </Page>
        );
      }}
    </QueryView>
  );
}

function CityForm({ city }: { city: City }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `city-${city.id}-${city.version}`,
    initial: {
      name_en: city.name.en ?? '',
      name_es: city.name.es ?? '',
      name_ja: city.name.ja ?? '',
      region: city.region as string,
      timeZone: city.timeZone,
      language: city.language as string,
    },
    failed: t('city.failed'),
    serverNames: { name: 'name_en', 'name.en': 'name_en', 'name.es': 'name_es', 'name.ja': 'name_ja' },
    submit: async (v) => {
      await ok(
        api.PATCH('/cities/{id}', {
          params: { path: { id: city.id }, header: { 'If-Match': `"${city.version}"` } },
          body: {
            name: namesOf(v),
            region: v.region as Region,
            timeZone: v.timeZone.trim(),
            language: v.language as Language,
          },
        }),
      );
      await refresh();
      showToast(t('city.saved'));
    },
  });
  return (
    <Form form={form}>
      <CityFields form={form} />
      <SubmitButton busy={form.busy}>{t('city.save')}</SubmitButton>
    </Form>
  );
}
