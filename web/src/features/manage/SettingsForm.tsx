import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { partName } from '~/features/overtaken/part-name';
import { date, dateTimeZone, zoneName } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { serverNow } from '~/lib/clock';
import type { Path } from '~/lib/merge';
import { showToast } from '~/lib/toast';
import type { Standing } from '~/lib/use-draft';
import { useDraftForm } from '~/lib/use-draft-form';
import { keep, type Managed, readAgain, useContests } from './api';
import { EditsOf } from './Edits';
import { messages } from './messages';
import { useAnchor } from './use-anchor';

type Schemas = components['schemas'];
type Props = { challenge: Managed; cities: Schemas['City'][]; testbeds: Schemas['Testbed'][] };

const moments = ['opensAt', 'closesAt', 'judgingEndsAt', 'resultsAt'] as const;

type Settings = {
  testbedIds: string[];
  cityIds: string[];
  dates: string;
  opensAt: string;
  closesAt: string;
  judgingEndsAt: string;
  resultsAt: string;
  slug: string;
  tags: string;
};

const names = {
  testbedIds: 'settings.testbeds',
  cityIds: 'settings.cities',
  dates: 'settings.dates',
  opensAt: 'settings.opensAt',
  closesAt: 'settings.closesAt',
  judgingEndsAt: 'settings.judgingEndsAt',
  resultsAt: 'settings.resultsAt',
  slug: 'settings.slug',
  tags: 'settings.tags',
} as const;

function standing(challenge: Managed): Standing<Settings> {
  const zone = challenge.timeZone;
  const value = {
    testbedIds: challenge.testbedIds,
    cityIds: challenge.cities.slice(1).map((city) => city.id),
    dates: moments.some((each) => challenge.ownDates[each]) ? 'own' : 'contest',
    opensAt: toLocal(challenge.dates.opensAt, zone),
    closesAt: toLocal(challenge.dates.closesAt, zone),
    judgingEndsAt: toLocal(challenge.dates.judgingEndsAt, zone),
    resultsAt: toLocal(challenge.dates.resultsAt, zone),
    slug: challenge.slug,
    tags: challenge.tags.join(', '),
  };
  return { value, version: challenge.version };
}

/** What a draft offers, where and when. */
export function SettingsForm({ challenge, cities, testbeds }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const zone = challenge.timeZone;
  const lead = challenge.cities[0];
  const contest = useContests().data?.items.find((each) => each.id === challenge.contest.id);
  const send = async (v: Settings, version: number | string) => {
    const at = (local: string) => (v.dates === 'own' ? fromLocal(local, zone) : null);
    const saved = await ok(
      api.PATCH('/manage/challenges/{id}', {
        params: { path: { id: challenge.id }, header: { 'If-Match': `"${version}"` } },
        body: {
          slug: v.slug.trim(),
          tags: v.tags
            .split(/[,、，]/)
            .map((tag) => tag.trim())
            .filter(Boolean),
          cityIds: [...(lead ? [lead.id] : []), ...v.cityIds],
          testbedIds: v.testbedIds.filter((id) => offered(v.cityIds).some((bed) => bed.id === id)),
          dates: {
            opensAt: at(v.opensAt),
            closesAt: at(v.closesAt),
            judgingEndsAt: at(v.judgingEndsAt),
            resultsAt: at(v.resultsAt),
          },
        },
      }),
    );
    await keep(saved);
    return standing(saved);
  };
  const { form, overtaken, take } = useDraftForm<Settings>({
    id: `settings-${challenge.id}`,
    first: standing(challenge),
    failed: t('settings.failed'),
    serverNames: Object.fromEntries(moments.map((each) => [`dates.${each}`, each])),
    check: (v) => {
      if (v.dates !== 'own') return {};
      return Object.fromEntries(
        moments.map((each) => [each, v[each] ? undefined : t('settings.date.missing')]),
      );
    },
    send,
    read: async () => standing(await readAgain(challenge.id)),
    done: () => showToast(t('settings.saved')),
  });
  const nameOf = ([name = '']: Path) => partName([t(names[name as keyof Settings])]);
  useAnchor();
  // Testbeds that are open to contests and lie in one of the cities that take part.
  const offered = (others: string[]) => {
    const hosts = new Set([lead?.id, ...others]);
    return testbeds.filter((bed) => bed.open && bed.cities.some((city) => hosts.has(city.id)));
  };
  const beds = offered(form.values.cityIds);
  const hosts = [...(lead ? [lead.id] : []), ...form.values.cityIds];
  const slots = (bed: Schemas['Testbed']) => {
    const here = bed.slots.filter((slot) => hosts.includes(slot.cityId));
    const places = new Set(here.map((slot) => slot.cityId));
    const list = here.map((slot) => {
      const days = `${date(new Date(slot.startsOn), 'UTC', language)}–${date(new Date(slot.endsOn), 'UTC', language)}`;
      const place = places.size > 1 ? cities.find((city) => city.id === slot.cityId) : undefined;
      return place ? `${textIn(place.name, language).text} ${days}` : days;
    });
    return (
      <>
        {t('settings.slots', { n: here.length, list: '' })}
        {list.map((days, at) => (
          <>
            {at > 0 ? '\u00a0· ' : ''}
            <span class="nowrap">{days}</span>
          </>
        ))}
      </>
    );
  };
  const listOf = (dates: Managed['dates']) =>
    moments.map((each, at) => (
      <>
        {at > 0 ? ' · ' : ''}
        {t(`settings.${each}`)}{' '}
        <span class="nowrap">{dateTimeZone(new Date(dates[each]), zone, language)}</span>
      </>
    ));
  return (
    <Form form={form}>
      {overtaken ? <Overtaken found={overtaken} nameOf={nameOf} onTake={take} /> : null}
      {cities.length > 1 ? (
        <CheckboxGroup
          {...form.list('cityIds')}
          label={t('settings.cities')}
          optional
          options={cities
            .filter((city) => city.id !== lead?.id)
            .map((city) => ({ value: city.id, label: textIn(city.name, language).text }))}
        />
      ) : null}
      <div id="part-prizes" class="stack">
        <EditsOf id={challenge.id} parts={['prizes']} />
        {beds.length > 0 ? (
          <CheckboxGroup
            {...form.list('testbedIds')}
            label={t('settings.testbeds')}
            options={beds.map((bed) => {
              const name = textIn(bed.name, language);
              return { value: bed.id, label: name.text, lang: name.lang, hint: slots(bed) };
            })}
          />
        ) : (
          <p>{t('settings.testbeds.none')}</p>
        )}
      </div>
      <div id="part-timeline" class="stack">
        <EditsOf id={challenge.id} parts={['timeline']} />
        <RadioGroup
          {...form.field('dates')}
          label={t('settings.dates')}
          options={[
            { value: 'contest', label: t('settings.dates.contest'), hint: contest && listOf(contest.dates) },
            { value: 'own', label: t('settings.dates.own') },
          ]}
        />
        {form.values.dates === 'own'
          ? moments.map((each) => (
              <TextInput
                key={each}
                {...form.field(each)}
                type="datetime-local"
                short
                label={t(`settings.${each}`)}
                hint={t('schedule.zone', {
                  city: lead ? textIn(lead.name, language).text : zone,
                  zone: zoneName(
                    form.values[each] ? new Date(fromLocal(form.values[each], zone)) : serverNow(),
                    zone,
                  ),
                })}
              />
            ))
          : null}
      </div>
      <TextInput
        {...form.field('slug')}
        label={t('settings.slug')}
        hint={t('settings.slug.hint', { slug: form.values.slug })}
        spellcheck={false}
      />
      <TextInput {...form.field('tags')} label={t('settings.tags')} hint={t('settings.tags.hint')} optional />
      <SubmitButton busy={form.busy}>{t('settings.save')}</SubmitButton>
    </Form>
  );
}
