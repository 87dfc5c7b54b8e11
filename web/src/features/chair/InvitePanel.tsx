import { api, idempotencyKey, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Progress, refreshChair, useInvitations } from './api';
import { messages } from './messages';

/** Invites a juror to the contest; who accepts has a seat in the jury of all its challenges. */
export function InvitePanel({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `invite-${progress.contestId}`,
    initial: { name: '', email: '', language: useLanguage() as string },
    failed: t('failed'),
    check: (v) => ({
      name: v.name.trim() ? undefined : t('invite.name.missing'),
      email: v.email.includes('@') ? undefined : t('invite.email.missing'),
    }),
    submit: async (v, key) => {
      await ok(
        api.POST('/invitations', {
          headers: idempotencyKey(key),
          body: {
            name: v.name.trim(),
            email: v.email.trim(),
            language: v.language as Language,
            role: 'juror',
            scopeKind: 'contest',
            scopeId: progress.contestId,
          },
        }),
      );
      form.reset({ name: '', email: '', language: v.language });
      await refreshChair();
      showToast(t('invite.done'));
    },
  });
  return (
    <section class="section" aria-labelledby="invite">
      <h2 id="invite">{t('invite')}</h2>
      <p class="prose">{t('invite.text')}</p>
      <Form form={form}>
        <TextInput {...form.field('name')} label={t('name')} autocomplete="off" />
        <TextInput {...form.field('email')} type="email" label={t('email')} autocomplete="off" />
        <Select
          {...form.field('language')}
          label={t('invite.language')}
          bare
          options={languages.map((each) => ({ value: each, label: languageNames[each], lang: each }))}
        />
        <SubmitButton busy={form.busy}>{t('invite.submit')}</SubmitButton>
      </Form>
      <Pending contest={progress.contestId} />
    </section>
  );
}

function Pending({ contest }: { contest: string }) {
  const t = useMessages(messages);
  const open = useInvitations(contest).data?.items.filter((each) => each.role === 'juror') ?? [];
  if (open.length === 0) return null;
  return (
    <div>
      <h3>{t('invite.pending')}</h3>
      <ul class="prose">
        {open.map((each) => (
          <li key={each.id}>
            {each.name} ({each.email}), {t('invite.until')}
            <When at={each.expiresAt} dateOnly />
          </li>
        ))}
      </ul>
    </div>
  );
}
