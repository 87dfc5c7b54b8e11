import { useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Checkbox } from '~/components/Checkbox';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { Later } from '~/components/Later';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { messages as affiliations } from '~/features/affiliations/messages';
import { locales } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { refreshJury, useOrganisations } from './api';
import { messages } from './messages';

type List = components['schemas']['JuryOrganisations'];

/** Conflicts of interest come before any content: against the names of those who entered. */
export default function DeclarePage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <QueryView query={useOrganisations(params.id ?? '')} page>
      {(list) => {
        const title = textIn(list.title, language);
        return (
          <Page title={t('declare.title')} lead={title.text} titleLang={undefined} narrow>
            <div class="prose">
              <p>{t('declare.why')}</p>
              <p>{t('declare.what')}</p>
            </div>
            {list.declared ? (
              <Notice title={t('declare.done')}>
                <p>{t('declare.more')}</p>
              </Notice>
            ) : null}
            <Later
              load={() => import('~/features/affiliations/Stated')}
              messages={[affiliations]}
              props={{ challenge: list.challengeId }}
            />
            <Declaration list={list} />
          </Page>
        );
      }}
    </QueryView>
  );
}

function Declaration({ list }: { list: List }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, go] = useLocation();
  const countries = new Intl.DisplayNames(locales[language], { type: 'region' });
  const own = list.items.filter((each) => each.own).map((each) => each.teamId);
  const form = useForm({
    id: `declare-${list.challengeId}`,
    initial: { teamIds: own, read: false },
    failed: t('failed'),
    check: (v) => ({ read: v.read ? undefined : t('declare.read.missing') }),
    submit: async (v) => {
      await ok(
        api.POST('/jury/challenges/{id}/conflicts', {
          params: { path: { id: list.challengeId } },
          body: { teamIds: v.teamIds },
        }),
      );
      await refreshJury();
      showToast(t('declare.saved'));
      go('/jury');
    },
  });
  return (
    <Form form={form}>
      <CheckboxGroup
        {...form.list('teamIds')}
        label={t('declare.list')}
        hint={t('declare.hint')}
        optional
        options={list.items.map((each) => ({
          value: each.teamId,
          label:
            each.latinName && each.latinName !== each.name ? `${each.name} (${each.latinName})` : each.name,
          hint: [countries.of(each.country), each.own ? t('declare.own') : ''].filter(Boolean).join(' · '),
        }))}
      />
      <Checkbox {...form.box('read')} label={t('declare.read')} />
      <SubmitButton busy={form.busy}>
        {form.values.teamIds.length > 0
          ? t('declare.submit', { n: form.values.teamIds.length })
          : t('declare.submit.none')}
      </SubmitButton>
    </Form>
  );
}
