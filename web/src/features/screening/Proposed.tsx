import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { refresh } from './api';
import { messages } from './messages';

type Props = { id: string; proposal: components['schemas']['EarlyProposal']; zone: string };

/** A proposal to open the entries early: a second person confirms it, either takes it back. */
export function Proposed({ id, proposal, zone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [asked, ask] = useState<'confirm' | 'takeBack'>();
  const [busy, setBusy] = useState(false);
  const act = async (deed: 'confirm' | 'takeBack') => {
    ask(undefined);
    if (busy) return;
    setBusy(true);
    try {
      const at = { params: { path: { id } } };
      await ok(
        deed === 'confirm'
          ? api.POST('/manage/challenges/{id}/early-opening/confirm', at)
          : api.DELETE('/manage/challenges/{id}/early-opening', at),
      );
      showToast(t(deed === 'confirm' ? 'early.confirm.done' : 'early.takeBack.done'));
    } catch (failure) {
      showToast(failure instanceof ProblemError ? failure.message : t('failed'));
    } finally {
      setBusy(false);
      await refresh();
    }
  };
  return (
    <Notice tone="warning" title={t('early.proposed')}>
      <p>
        <When at={proposal.at} zone={zone} />
        {proposal.by ? <span class="muted"> · {proposal.by}</span> : null}
      </p>
      <p class="screening-text" lang={proposal.language === language ? undefined : proposal.language}>
        {proposal.reason}
      </p>
      <p>{t(proposal.mayConfirm ? 'early.proposed.yours' : 'early.proposed.waits')}</p>
      <p class="actions">
        {proposal.mayConfirm ? (
          <Button aria-busy={busy} onClick={() => ask('confirm')}>
            {t('early.open')}
          </Button>
        ) : null}
        <Button kind="outline" aria-busy={busy} onClick={() => ask('takeBack')}>
          {t('early.takeBack')}
        </Button>
      </p>
      <ConfirmDialog
        open={asked === 'confirm'}
        onClose={() => ask(undefined)}
        onConfirm={() => void act('confirm')}
        title={t('early.ask')}
        confirm={t('early.open')}
        danger
      >
        <p>{t('early.what')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'takeBack'}
        onClose={() => ask(undefined)}
        onConfirm={() => void act('takeBack')}
        title={t('early.takeBack.ask')}
        confirm={t('early.takeBack')}
      >
        <p>{t('early.takeBack.text')}</p>
      </ConfirmDialog>
    </Notice>
  );
}
