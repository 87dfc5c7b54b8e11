import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { Table } from '~/components/Table';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { refresh, type Setup, type Wish } from './api';
import { messages } from './messages';

type Props = { id: string; setup: Setup; onChanged: () => void };

/** The chair's word on single pairs of a juror and an entry. */
export function Wishes({ id, setup, onChanged }: Props) {
  const t = useMessages(messages);
  const juror = (seat: string) => setup.jurors.find((each) => each.seatId === seat)?.name || t('name.gone');
  const entry = (wanted: string) => {
    const found = setup.entries.find((each) => each.entryId === wanted);
    return found ? `${found.reference} ${found.teamName}` : '–';
  };
  const put = async (body: Wish) => {
    await ok(api.PUT('/manage/challenges/{id}/wishes', { params: { path: { id } }, body }));
    onChanged();
    void refresh(); // the next rule may be typed meanwhile
  };
  const form = useForm({
    id: `wish-${id}`,
    initial: { seat: '', entry: '', kind: 'pin' },
    failed: t('failed'),
    serverNames: { seatId: 'seat', entryId: 'entry' },
    check: (v) => ({
      seat: v.seat ? undefined : t('wish.juror.missing'),
      entry: v.entry ? undefined : t('wish.entry.missing'),
    }),
    submit: async (v) => {
      await put({ seatId: v.seat, entryId: v.entry, kind: v.kind as Wish['kind'] });
      form.reset({ seat: '', entry: '', kind: 'pin' });
      showToast(t('wish.done'));
    },
  });
  const remove = async (wish: Wish) => {
    try {
      await put({ ...wish, kind: 'none' });
      showToast(t('wish.removed'));
    } catch {
      showToast(t('failed'));
    }
  };
  return (
    <div class="stack">
      <p class="prose">{t('wishes.text')}</p>
      {setup.wishes.length > 0 ? (
        <Table
          caption={t('wishes', { n: setup.wishes.length })}
          hideCaption
          rows={setup.wishes}
          rowKey={(each) => each.seatId + each.entryId}
          columns={[
            { key: 'entry', title: t('entry'), heading: true, cell: (each) => entry(each.entryId) },
            { key: 'juror', title: t('name'), cell: (each) => juror(each.seatId) },
            { key: 'kind', title: t('rule'), cell: (each) => t(`kind.${each.kind}`) },
            {
              key: 'acts',
              title: t('acts'),
              cell: (each) => (
                <Button kind="link" onClick={() => void remove(each)}>
                  {t('wish.remove')}{' '}
                  <span class="visually-hidden">
                    {entry(each.entryId)}, {juror(each.seatId)}
                  </span>
                </Button>
              ),
            },
          ]}
        />
      ) : null}
      <Form form={form}>
        <Select
          {...form.field('seat')}
          bare
          label={t('name')}
          empty={t('wish.choose')}
          options={setup.jurors.map((each) => ({
            value: each.seatId,
            label: each.name || t('name.gone'),
          }))}
        />
        <Select
          {...form.field('kind')}
          bare
          label={t('rule')}
          options={(['pin', 'prefer', 'forbid'] as const).map((kind) => ({
            value: kind,
            label: t(`kind.${kind}`),
          }))}
        />
        <Select
          {...form.field('entry')}
          bare
          label={t('entry')}
          empty={t('wish.choose')}
          options={setup.entries.map((each) => ({
            value: each.entryId,
            label: `${each.reference} ${each.teamName}`,
          }))}
        />
        <SubmitButton busy={form.busy}>{t('wish.submit')}</SubmitButton>
      </Form>
    </div>
  );
}
