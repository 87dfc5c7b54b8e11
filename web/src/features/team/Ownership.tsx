import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { renewTeams, type Team } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

/** What a member sees to whom the ownership is offered. */
export function Offered({ team }: { team: Team }) {
  const t = useMessages(messages);
  const act = useAct();
  const offer = team.transfer;
  if (!offer?.toYou) return null;
  const params = { path: { id: team.id } };
  const answer = (accept: boolean) =>
    act.run(
      async () => {
        await ok(
          accept
            ? api.POST('/teams/{id}/transfer/accept', { params })
            : api.POST('/teams/{id}/transfer/decline', { params }),
        );
        await renewTeams(team.id);
      },
      t(accept ? 'transfer.accepted' : 'transfer.declined'),
    );
  return (
    <Notice tone="info" title={t('transfer.asked', { name: offer.from })}>
      <p>
        {t('transfer.asked.text', { name: offer.from })}
        <When at={offer.expiresAt} />
      </p>
      {act.error ? <p role="alert">{act.error}</p> : null}
      <p class="actions">
        <Button kind="primary" aria-busy={act.busy} onClick={() => void answer(true)}>
          {t('transfer.accept')}
        </Button>
        <Button kind="outline" aria-busy={act.busy} onClick={() => void answer(false)}>
          {t('transfer.decline')}
        </Button>
      </p>
    </Notice>
  );
}

/** Where an owner offers the ownership to another member. */
export function Transfer({ team }: { team: Team }) {
  const t = useMessages(messages);
  const others = team.members.filter((member) => !member.you && member.role !== 'team_owner');
  const offer = team.transfer;
  return (
    <section class="section" aria-labelledby="transfer">
      <h2 id="transfer">{t('transfer.title')}</h2>
      {offer && !offer.toYou ? (
        <Waiting team={team} name={offer.to} until={offer.expiresAt} />
      ) : others.length === 0 ? (
        <p>{t('transfer.none')}</p>
      ) : (
        <>
          <p>{t('transfer.text')}</p>
          <Choose team={team} others={others} />
        </>
      )}
    </section>
  );
}

function Waiting({ team, name, until }: { team: Team; name: string; until: string }) {
  const t = useMessages(messages);
  const act = useAct();
  const back = () =>
    act.run(async () => {
      await ok(api.DELETE('/teams/{id}/transfer', { params: { path: { id: team.id } } }));
      await renewTeams(team.id);
    }, t('transfer.back.done'));
  return (
    <Notice title={t('transfer.waiting', { name })}>
      <p>
        {t('transfer.waiting.text', { name })}
        <When at={until} />
      </p>
      {act.error ? <p role="alert">{act.error}</p> : null}
      <p>
        <Button kind="outline" aria-busy={act.busy} onClick={() => void back()}>
          {t('transfer.back')}
        </Button>
      </p>
    </Notice>
  );
}

function Choose({ team, others }: { team: Team; others: Team['members'] }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `transfer-${team.id}`,
    initial: { to: '' },
    failed: t('failed'),
    check: (v) => ({ to: v.to ? undefined : t('transfer.missing') }),
    submit: async (v) => {
      await ok(
        api.POST('/teams/{id}/transfer', {
          params: { path: { id: team.id }, header: idempotencyKey() },
          body: { to: v.to },
        }),
      );
      showToast(t('transfer.done', { name: others.find((member) => member.id === v.to)?.name ?? '' }));
      await renewTeams(team.id);
    },
  });
  return (
    <Form form={form}>
      <Select
        {...form.field('to')}
        label={t('transfer.to')}
        empty={t('transfer.choose')}
        options={others.map((member) => ({ value: member.id, label: member.name }))}
      />
      <SubmitButton busy={form.busy}>{t('transfer.go')}</SubmitButton>
    </Form>
  );
}
