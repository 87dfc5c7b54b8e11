import { useEffect, useState } from 'preact/hooks';
import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Dialog } from '~/components/Dialog';
import { Tag } from '~/components/Tag';
import { TextArea } from '~/components/TextArea';
import { countryName } from '~/i18n/country';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useSettled } from '~/lib/use-query-filters';
import { type Organisation, renewTeams, useOrganisations } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

type Props = {
  name: string;
  website: string;
  /** The organisation became the visitor's team at once. */
  onMine: (team: string) => void;
};

/** Organisations like the one that is being typed, which nobody speaks for yet. Nothing is merged by itself. */
export function Offers({ name, website, onMine }: Props) {
  const t = useMessages(messages);
  const typed = useSettled({ q: website.length > 11 ? website : name.trim() });
  const query = useOrganisations(typed.q);
  const items = [...typed.q].length < 2 ? [] : (query.data?.items ?? []);
  const found = query.isSuccess ? items.length : undefined;
  useEffect(() => {
    if (found) announce(t('offer.found', { n: found }));
  }, [found, t]);
  if (items.length === 0) return null;
  return (
    <section class="panel stack" aria-labelledby="offers">
      <h3 id="offers">{t('offer.title')}</h3>
      <p>{t('offer.text')}</p>
      <ul class="team-list">
        {items.map((item) => (
          <Offer key={item.id} item={item} onMine={onMine} />
        ))}
      </ul>
    </section>
  );
}

function Offer({ item, onMine }: { item: Organisation; onMine: (team: string) => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const { name } = item;
  const claim = async () => {
    await act.run(
      async () => {
        const params = { path: { id: item.id }, header: idempotencyKey() };
        const made = await ok(api.POST('/organisations/{id}/claim', { params, body: { note } }));
        setAsking(false);
        await renewTeams();
        if (made.state === 'approved') onMine(made.teamId);
      },
      t(item.atOnce ? 'offer.mine' : 'offer.sent', { name }),
    );
  };
  return (
    <li>
      <div>
        <p>
          <strong>{name}</strong>
          {item.latinName ? <span class="muted"> {item.latinName}</span> : null}
        </p>
        <p class="small muted team-address">
          {[item.city, countryName(item.country, language), item.website].filter(Boolean).join(' · ')}
        </p>
        <p class="small">{item.asked ? null : t(item.atOnce ? 'offer.once' : 'offer.check')}</p>
        {act.error ? <p role="alert">{act.error}</p> : null}
      </div>
      {item.asked ? (
        <Tag tone="info">{t('offer.asked')}</Tag>
      ) : (
        <Button
          kind="outline"
          aria-label={t('offer.go.of', { name })}
          aria-busy={act.busy}
          onClick={() => (item.atOnce ? void claim() : setAsking(true))}
        >
          {t('offer.go')}
        </Button>
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} title={t('offer.ask', { name })}>
        <p>{t('offer.check')}</p>
        <TextArea
          name="claim-note"
          label={t('offer.note')}
          hint={t('offer.note.hint')}
          optional
          rows={4}
          value={note}
          onValue={setNote}
        />
        <p>
          <Button kind="primary" aria-busy={act.busy} onClick={() => void claim()}>
            {t('offer.send')}
          </Button>
        </p>
      </Dialog>
    </li>
  );
}
