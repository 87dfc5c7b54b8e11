import { useState } from 'preact/hooks';
import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Disclosure } from '~/components/Disclosure';
import { ErrorState } from '~/components/ErrorState';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { date } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type City, refresh, type Testbed } from './api';
import './cities.css';
import { messages } from './messages';

type Props = { city: City; bed: Testbed; manages: boolean };

/** The slots of a testbed in a city; those who manage it add and take back. */
export function Slots({ city, bed, manages }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [error, setError] = useState<unknown>();
  const slots = bed.slots.filter((slot) => slot.cityId === city.id);
  // Days of the city's calendar, not instants: written without a zone.
  const day = (iso: string) => date(new Date(iso), 'UTC', language);
  const remove = async (id: string) => {
    setError(undefined);
    try {
      await ok(api.DELETE('/slots/{id}', { params: { path: { id } } }));
      await refresh();
      showToast(t('slots.removed'));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div class="stack">
      <h4>{t('slots.title')}</h4>
      {error ? <ErrorState error={error} onRetry={() => setError(undefined)} /> : null}
      {slots.length === 0 ? <p class="muted">{t('slots.none')}</p> : null}
      <ul class="slots">
        {slots.map((slot) => {
          const days = t('slots.days', { from: day(slot.startsOn), to: day(slot.endsOn) });
          return (
            <li key={slot.id}>
              <span>{days}</span>
              {manages ? (
                <Button kind="link" aria-label={t('slots.remove', { days })} onClick={() => remove(slot.id)}>
                  {t('slots.takeBack')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {manages ? (
        <Disclosure summary={t('slots.add')}>
          <SlotForm city={city} bed={bed} />
        </Disclosure>
      ) : null}
    </div>
  );
}

function SlotForm({ city, bed }: Omit<Props, 'manages'>) {
  const t = useMessages(messages);
  // Field names carry the testbed: several of these forms stand on one page.
  const [starts, ends] = [`starts-${bed.id}`, `ends-${bed.id}`];
  const form = useForm<Record<string, string>>({
    id: `slot-${bed.id}-${city.id}`,
    initial: { [starts]: '', [ends]: '' },
    failed: t('slots.failed'),
    serverNames: { startsOn: starts, endsOn: ends },
    check: (v) => ({
      [starts]: v[starts] ? undefined : t('missing', { field: t('slots.starts') }),
      [ends]: v[ends] ? undefined : t('missing', { field: t('slots.ends') }),
    }),
    submit: async (v, key) => {
      await ok(
        api.POST('/testbeds/{id}/slots', {
          params: { path: { id: bed.id } },
          headers: idempotencyKey(key),
          body: { cityId: city.id, startsOn: v[starts] ?? '', endsOn: v[ends] ?? '' },
        }),
      );
      await refresh();
      showToast(t('slots.added'));
      form.reset({ [starts]: '', [ends]: '' });
    },
  });
  return (
    <Form form={form}>
      <TextInput {...form.field(starts)} type="date" short label={t('slots.starts')} />
      <TextInput {...form.field(ends)} type="date" short label={t('slots.ends')} />
      <SubmitButton busy={form.busy}>{t('slots.add')}</SubmitButton>
    </Form>
  );
}
