import { useState } from 'preact/hooks';
import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { CopyButton } from '~/components/CopyButton';
import { ErrorState } from '~/components/ErrorState';
import { Form } from '~/components/Form';
import { QueryView } from '~/components/QueryView';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type CampaignLink, type Reach, refresh, useLinks } from './api';
import { messages } from './messages';

/** The links that tell sources apart, and a new one. */
export function Links({ reach }: { reach: Reach }) {
  const t = useMessages(messages);
  const query = useLinks(reach.challengeId);
  const able = reach.allowedActions.includes('reach.manage');
  return (
    <section class="section" aria-labelledby="links">
      <h2 id="links">{t('links')}</h2>
      <p class="prose">{t('links.text')}</p>
      <QueryView query={query} loading="s">
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{t('links.none')}</p>
          ) : (
            <ul class="rows" aria-label={t('links')}>
              {items.map((link) => (
                <OneLink key={link.id} link={link} challenge={reach.challengeId} able={able} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {able ? <NewLink challenge={reach.challengeId} /> : null}
    </section>
  );
}

function OneLink({ link, challenge, able }: { link: CampaignLink; challenge: string; able: boolean }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const retire = async () => {
    setAsking(false);
    try {
      await ok(api.POST('/campaign-links/{id}/retire', { params: { path: { id: link.id } } }));
      await refresh(challenge);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <li class="numbers-link">
      <h3>
        <bdi>{link.label}</bdi> {link.retiredAt ? <Tag>{t('link.retired')}</Tag> : null}
      </h3>
      <CopyButton value={link.url} label={t('link.of', { label: link.label })} />
      {able && !link.retiredAt ? (
        <p>
          <Button kind="link" onClick={() => setAsking(true)}>
            {t('link.retire')}
          </Button>
        </p>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void retire()}
        title={t('link.retire.ask', { label: link.label })}
        confirm={t('link.retire')}
      >
        <p>{t('link.retire.text')}</p>
      </ConfirmDialog>
    </li>
  );
}

function NewLink({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `link-${challenge}`,
    initial: { label: '' },
    failed: t('failed'),
    check: (v) => ({ label: v.label.trim() ? undefined : t('link.label.missing') }),
    submit: async (v, key) => {
      await ok(
        api.POST('/manage/challenges/{id}/links', {
          params: { path: { id: challenge } },
          headers: idempotencyKey(key),
          body: { label: v.label },
        }),
      );
      form.reset({ label: '' });
      showToast(t('link.made'));
      await refresh(challenge);
    },
  });
  return (
    <Form form={form}>
      <TextInput
        {...form.field('label')}
        label={t('link.label')}
        hint={t('link.label.hint')}
        autocomplete="off"
      />
      <SubmitButton busy={form.busy}>{t('link.make')}</SubmitButton>
    </Form>
  );
}
