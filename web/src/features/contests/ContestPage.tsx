import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { confirmDialog } from '~/components/confirm-later';
import { Disclosure } from '~/components/Disclosure';
import { Form } from '~/components/Form';
import { Later } from '~/components/Later';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { type Contest, refresh, useContest } from './api';
import { Back } from './ContestsPage';
import { MailsForm } from './MailsForm';
import { messages } from './messages';
import { ReasonsForm } from './ReasonsForm';
import { SettingsForm } from './SettingsForm';

/** One contest: what can be done with it, its settings, its mails. */
export default function ContestPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useContest(params.id ?? '');
  return (
    <QueryView query={query} page>
      {({ data: contest, etag }) => {
        const title = textIn(contest.title, language);
        return (
          <Page
            title={title.text}
            titleLang={title.lang === language ? undefined : title.lang}
            lead={
              <p>
                {t('challenges', {
                  published: number(contest.published, language),
                  n: number(contest.challenges, language),
                })}
              </p>
            }
            above={
              <>
                <Back />
                <Tag tone={contest.state === 'open' ? 'success' : undefined}>
                  {t(`state.${contest.state}`)}
                </Tag>
                {contest.rehearsal ? <Tag tone="warning">{t('rehearsal')}</Tag> : null}
              </>
            }
            narrow
          >
            <Acts contest={contest} />
            <section class="section" aria-labelledby="settings">
              <h2 id="settings">{t('settings')}</h2>
              <SettingsForm contest={contest} etag={etag} />
            </section>
            <section class="section" aria-labelledby="reasons">
              <h2 id="reasons">{t('reasons')}</h2>
              <p class="muted">{t('reasons.lead')}</p>
              <ReasonsForm contest={contest} etag={etag} />
            </section>
            <section class="section" aria-labelledby="mails">
              <h2 id="mails">{t('mails')}</h2>
              <p class="muted">{t('mails.lead')}</p>
              <MailsForm contest={contest} etag={etag} />
            </section>
            {contest.rehearsal ? (
              <Disclosure summary={t('wipe')}>
                <Wipe contest={contest} />
              </Disclosure>
            ) : null}
          </Page>
        );
      }}
    </QueryView>
  );
}

/** Announce, archive, take back: each asks first where others see it. */
function Acts({ contest }: { contest: Contest }) {
  const t = useMessages(messages);
  const [asked, ask] = useState<'announce' | 'archive'>();
  const act = async (name: 'announce' | 'archive' | 'restore') => {
    ask(undefined);
    try {
      await ok(api.POST(`/manage/contests/{id}/${name}`, { params: { path: { id: contest.id } } }));
      showToast(t('done'));
    } catch (failure) {
      showToast(failure instanceof ProblemError ? failure.message : t('failed'));
    }
    await refresh();
  };
  return (
    <div class="actions">
      {contest.state === 'draft' ? (
        <Button kind="primary" onClick={() => ask('announce')}>
          {t('announce')}
        </Button>
      ) : null}
      {contest.state === 'archived' ? (
        <Button onClick={() => act('restore')}>{t('restore')}</Button>
      ) : (
        <Button onClick={() => ask('archive')}>{t('archive')}</Button>
      )}
      <Later
        load={confirmDialog}
        messages={[]}
        props={{
          open: asked !== undefined,
          onClose: () => ask(undefined),
          onConfirm: () => asked && act(asked),
          title: t(asked === 'announce' ? 'announce.ask' : 'archive.ask'),
          confirm: t(asked === 'announce' ? 'announce' : 'archive'),
          children: <p>{t(asked === 'announce' ? 'announce.text' : 'archive.text')}</p>,
        }}
      />
    </div>
  );
}

/** Deletes a rehearsal; its short name has to be typed. */
function Wipe({ contest }: { contest: Contest }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, go] = useLocation();
  const label = t('wipe.name', { slug: contest.slug });
  const form = useForm({
    id: `wipe-${contest.id}`,
    initial: { slug: '' },
    failed: t('failed'),
    check: (v) => ({ slug: v.slug.trim() ? undefined : t('field.missing', { field: label }) }),
    submit: async (v) => {
      const gone = await ok(
        api.POST('/manage/contests/{id}/wipe', {
          params: { path: { id: contest.id } },
          body: { slug: v.slug.trim() },
        }),
      );
      showToast(
        t('wipe.done', {
          challenges: number(gone.challenges, language),
          entries: number(gone.entries, language),
          files: number(gone.files, language),
        }),
      );
      go('/admin/contests');
      await refresh();
    },
  });
  return (
    <Form form={form}>
      <p>{t('wipe.text')}</p>
      <TextInput {...form.field('slug')} label={label} autocomplete="off" spellcheck={false} />
      <SubmitButton busy={form.busy} kind="danger">
        {t('wipe')}
      </SubmitButton>
    </Form>
  );
}
