import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import type { components } from '~/api/schema';
import { Disclosure } from '~/components/Disclosure';
import { Form } from '~/components/Form';
import { LinkButton } from '~/components/LinkButton';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type Authoring, keepAuthoring, type Managed, useAuthoring, useManaged } from './api';
import { EditsOf } from './Edits';
import './manage.css';
import { messages } from './messages';
import { Onward } from './Onward';

type Template = components['schemas']['TermsTemplate'];

/** Who owns what a trial brings about: one of the templates, and what the city adds. */
export default function TermsPage({ params }: PageProps) {
  const t = useMessages(messages);
  const lang = useLanguage();
  const id = params.id ?? '';
  const challenge = useManaged(id);
  const authoring = useAuthoring(id);
  const templates = useQuery({
    queryKey: ['terms-templates', lang],
    queryFn: () => ok(api.GET('/terms-templates', { params: { query: { lang } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <QueryView query={challenge} page>
      {(data) => (
        <Page
          title={t('terms.title')}
          lead={<p>{t('terms.lead')}</p>}
          above={<Link href={`/manage/challenges/${data.id}`}>{t('back')}</Link>}
          narrow
        >
          <QueryView query={authoring}>
            {(sheet) => (
              <QueryView query={templates}>
                {({ items }) => <Terms challenge={data} authoring={sheet} templates={items} />}
              </QueryView>
            )}
          </QueryView>
          <Onward id={data.id} from="terms" />
        </Page>
      )}
    </QueryView>
  );
}

function Terms(props: { challenge: Managed; authoring: Authoring; templates: Template[] }) {
  const { challenge, authoring, templates } = props;
  const t = useMessages(messages);
  const may = challenge.allowedActions.includes('challenge.edit');
  const form = useForm({
    id: `terms-${challenge.id}`,
    initial: { template: (authoring.terms ?? '') as string },
    failed: t('terms.failed'),
    check: (v) => ({ template: v.template ? undefined : t('missing', { field: t('terms.choose') }) }),
    submit: async (v) => {
      const path = { id: challenge.id };
      const send = (version: number) =>
        ok(
          api.PUT('/manage/challenges/{id}/terms', {
            params: { path, header: { 'If-Match': `"${version}"` } },
            body: { template: v.template as Template['key'] },
          }),
        );
      const saved = await send(authoring.version).catch(async (error) => {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        // Another part of the challenge was saved meanwhile; if it was this one, both have to look at it.
        const now = await ok(api.GET('/manage/challenges/{id}/authoring', { params: { path } }));
        if (now.terms === authoring.terms) return send(now.version);
        await keepAuthoring(now);
        throw error;
      });
      await keepAuthoring(saved);
      showToast(t('terms.saved'));
    },
  });
  const chosen = templates.find((each) => each.key === form.values.template);
  return (
    <div class="stack">
      <EditsOf id={challenge.id} parts={['terms']} />
      {may ? (
        <Form form={form}>
          <RadioGroup
            {...form.field('template')}
            label={t('terms.choose')}
            options={templates.map((each) => ({ value: each.key, label: each.name, hint: each.summary }))}
          />
          <SubmitButton busy={form.busy}>{t('terms.save')}</SubmitButton>
        </Form>
      ) : (
        <Notice title={t('terms.fixed')}>{chosen ? <p>{chosen.name}</p> : <p>{t('terms.none')}</p>}</Notice>
      )}
      <section class="section" aria-labelledby="words">
        <h2 id="words">{t('terms.words')}</h2>
        {templates.map((each) => (
          <Disclosure key={each.key} summary={each.name} open={each.key === chosen?.key}>
            <Markdown html={each.html} />
          </Disclosure>
        ))}
      </section>
      {may ? (
        <section class="section" aria-labelledby="additions">
          <h2 id="additions">{t('terms.additions')}</h2>
          <p>{t('terms.additions.text')}</p>
          <p>
            <LinkButton href={`/manage/challenges/${challenge.id}/text#part-terms`} kind="outline">
              {t('terms.additions.edit')}
            </LinkButton>
          </p>
        </section>
      ) : null}
    </div>
  );
}
