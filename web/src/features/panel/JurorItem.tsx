import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Juror, keep, type Naming, type Panel, renew } from './api';
import { messages } from './messages';

const tones = { waiting: 'info', upheld: 'success', not_upheld: 'warning' } as const;

type Props = { panel: Panel; juror: Juror; onName?: () => void };

/** One juror with what the team wrote about them, and what came of it. */
export function JurorItem({ panel, juror, onName }: Props) {
  const t = useMessages(messages);
  return (
    <li class="row">
      <div class="row-main stack">
        <h2 class="row-title">
          <bdi>{juror.name}</bdi> {juror.chair ? <Tag>{t('chair')}</Tag> : null}
        </h2>
        <p class={juror.organisations.length > 0 ? undefined : 'muted'} dir="auto">
          {juror.organisations.join(' · ') || t('noOrganisation')}
        </p>
        {juror.naming ? <Named panel={panel} juror={juror} naming={juror.naming} /> : null}
        {onName ? (
          <p class="actions">
            <Button kind="outline" onClick={onName}>
              {t('name')}
              <span class="visually-hidden">{`: ${juror.name}`}</span>
            </Button>
          </p>
        ) : null}
      </div>
    </li>
  );
}

function Named({ panel, juror, naming }: { panel: Panel; juror: Juror; naming: Naming }) {
  const t = useMessages(messages);
  const [asked, setAsked] = useState(false);
  const takeBack = async () => {
    setAsked(false);
    const path = { id: panel.entryId, seatId: juror.seatId };
    try {
      keep(await ok(api.DELETE('/entries/{id}/panel/{seatId}/naming', { params: { path } })));
      showToast(t('taken'));
    } catch (failure) {
      showToast(failure instanceof ProblemError ? failure.message : t('failed'));
      await renew(panel.entryId);
    }
  };
  const free = naming.state === 'waiting' && panel.allowedActions.includes('entry.edit');
  return (
    <Notice tone={tones[naming.state]} title={t(`state.${naming.state}`)}>
      {naming.answer ? (
        <>
          <p class="small muted">{t('answer')}</p>
          <p>
            <LangText text={naming.answer} lang={naming.answerLanguage ?? 'en'} />
          </p>
        </>
      ) : null}
      <p class="small muted">{t('yourReason')}</p>
      <p>
        <LangText text={naming.reason} lang={naming.language} />
      </p>
      {free ? (
        <p>
          <Button kind="link" onClick={() => setAsked(true)}>
            {t('takeBack')}
            <span class="visually-hidden">{`: ${juror.name}`}</span>
          </Button>
        </p>
      ) : null}
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        onConfirm={takeBack}
        title={t('takeBack.ask')}
        confirm={t('takeBack')}
      >
        <p>{t('takeBack.text', { name: juror.name })}</p>
      </ConfirmDialog>
    </Notice>
  );
}
