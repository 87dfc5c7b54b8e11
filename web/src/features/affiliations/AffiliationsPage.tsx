import { Link } from 'wouter-preact';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { most, state, useAffiliations } from './api';
import { messages } from './messages';

/** Where a juror works and belongs; possible conflicts are found by it. */
export default function AffiliationsPage({ params }: PageProps) {
  const id = params.id ?? '';
  const t = useMessages(messages);
  return (
    <QueryView query={useAffiliations(id)} page>
      {({ organisations }) => (
        <Page
          narrow
          title={t('title')}
          lead={<p>{t('lead')}</p>}
          above={<Link href="/jury">{t('overview')}</Link>}
        >
          <p class="prose">{t('why')}</p>
          <Organisations challenge={id} stated={organisations} />
          <p>
            <Link href={`/jury/challenges/${id}/conflicts`}>{t('back')}</Link>
          </p>
        </Page>
      )}
    </QueryView>
  );
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function Organisations({ challenge, stated }: { challenge: string; stated: string[] }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `affiliations-${challenge}`,
    initial: { organisations: stated.join('\n') },
    failed: t('failed'),
    serverNames: Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`organisations.${at}`, 'organisations' as const]),
    ),
    check: (v) => ({
      organisations: lines(v.organisations).length > most ? t('tooMany', { max: most }) : undefined,
    }),
    submit: async (v) => {
      await state(challenge, lines(v.organisations));
      showToast(t('saved'));
    },
  });
  return (
    <Form form={form}>
      <TextArea
        {...form.field('organisations')}
        label={t('field')}
        hint={t('hint', { max: most })}
        rows={5}
        optional
      />
      <SubmitButton busy={form.busy}>{t('save')}</SubmitButton>
    </Form>
  );
}
