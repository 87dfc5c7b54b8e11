import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { languageNames } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Seat, Setup } from './api';
import { LeaveForm } from './LeaveForm';
import { messages } from './messages';
import { ProfileForm } from './ProfileForm';

type Props = { id: string; setup: Setup; onChanged: () => void; onLeft: (free: number) => void };

/** What the assignment knows of each juror, with a way to change it. */
export function Profiles({ id, setup, onChanged, onLeft }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [open, setOpen] = useState<{ seat: string; act: 'edit' | 'leave' }>();
  const chosen = setup.jurors.find((each) => each.seatId === open?.seat);
  const city = (seat: Seat) => {
    const found = setup.cities.find((each) => each.id === seat.cityId);
    return found ? textIn(found.name, language).text : '–';
  };
  return (
    <div class="stack">
      <p class="prose">{t('profiles.text')}</p>
      <Table
        caption={t('profiles')}
        hideCaption
        rows={setup.jurors}
        rowKey={(each) => each.seatId}
        columns={[
          {
            key: 'name',
            title: t('name'),
            heading: true,
            cell: (each) => (
              <span class="marks">
                {each.name || t('name.gone')}
                {each.dropped ? <Tag tone="warning">{t('dropped')}</Tag> : null}
              </span>
            ),
          },
          { key: 'city', title: t('city'), cell: city },
          {
            key: 'languages',
            title: t('languages'),
            cell: (each) =>
              each.languages.length > 0
                ? each.languages.map((l) => languageNames[l]).join(t('and'))
                : t('languages.all'),
          },
          { key: 'tags', title: t('tags'), numeric: true, cell: (each) => each.tags.length },
          { key: 'limit', title: t('limit'), numeric: true, cell: (each) => each.maxReviews ?? '–' },
          {
            key: 'acts',
            title: t('acts'),
            cell: (each) => (
              <span class="actions">
                <Button kind="link" onClick={() => setOpen({ seat: each.seatId, act: 'edit' })}>
                  {t('edit')} <span class="visually-hidden">{each.name}</span>
                </Button>
                <Button kind="link" onClick={() => setOpen({ seat: each.seatId, act: 'leave' })}>
                  {t(each.dropped ? 'rejoin' : 'leave')} <span class="visually-hidden">{each.name}</span>
                </Button>
              </span>
            ),
          },
        ]}
      />
      <Dialog
        open={chosen !== undefined && open?.act === 'edit'}
        onClose={() => setOpen(undefined)}
        title={t('edit.title', { name: chosen?.name ?? '' })}
      >
        {chosen ? (
          <ProfileForm
            seat={chosen}
            setup={setup}
            onDone={() => {
              setOpen(undefined);
              onChanged();
            }}
          />
        ) : null}
      </Dialog>
      <Dialog
        open={chosen !== undefined && open?.act === 'leave'}
        onClose={() => setOpen(undefined)}
        title={t(chosen?.dropped ? 'rejoin.title' : 'leave.title', { name: chosen?.name ?? '' })}
      >
        {chosen ? (
          <LeaveForm
            id={id}
            seat={chosen}
            onDone={(free) => {
              setOpen(undefined);
              onLeft(free);
            }}
          />
        ) : null}
      </Dialog>
    </div>
  );
}
