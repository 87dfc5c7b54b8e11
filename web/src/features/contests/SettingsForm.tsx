import { useState } from 'preact/hooks';
import { api, ifMatch, okWithVersion } from '~/api/client';
import { Checkbox } from '~/components/Checkbox';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { type Language, languages } from '~/i18n/languages';
import type { LocalText } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import type { Standing } from '~/lib/use-draft';
import { useDraftForm } from '~/lib/use-draft-form';
import { type Contest, moments, type Prize, type Read, readContest, refresh } from './api';
import { messages } from './messages';
import { Prizes } from './Prizes';
import { useSettingNames } from './setting-names';

const minutes = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);
const texts = ['title', 'focus', 'howToApply'] as const;

type TextName = `${(typeof texts)[number]}_${Language}`;
type Settings = Record<TextName, string> & {
  slug: string;
  timeZone: string;
  month: string;
  opensAt: string;
  closesAt: string;
  judgingEndsAt: string;
  resultsAt: string;
  standstillDays: string;
  entryLanguages: string[];
  blind: boolean;
  panelHidden: boolean;
  bytesGraceHours: string;
  late: string;
  graceMinutes: string;
  reviewsPerEntry: string;
  order: string;
  prizes: string; // as JSON: a form holds plain values
};

function standing({ data: contest, etag }: Read): Standing<Settings> {
  const zone = contest.timeZone;
  const written = Object.fromEntries(
    texts.flatMap((name) => languages.map((lang) => [`${name}_${lang}`, contest[name][lang] ?? ''])),
  ) as Record<TextName, string>;
  const value = {
    ...written,
    slug: contest.slug,
    timeZone: zone,
    month: contest.month ? String(contest.month) : '',
    opensAt: toLocal(contest.dates.opensAt, zone),
    closesAt: toLocal(contest.dates.closesAt, zone),
    judgingEndsAt: toLocal(contest.dates.judgingEndsAt, zone),
    resultsAt: toLocal(contest.dates.resultsAt, zone),
    standstillDays: String(contest.standstillDays),
    entryLanguages: contest.entryLanguages as string[],
    blind: contest.blind,
    panelHidden: contest.panelHidden ?? false,
    bytesGraceHours: String(contest.bytesGraceHours),
    late: contest.graceMinutes > 0 ? 'grace' : 'none',
    graceMinutes: String(contest.graceMinutes || 15),
    reviewsPerEntry: String(contest.reviewsPerEntry),
    order: contest.order ?? 'raw',
    prizes: JSON.stringify(contest.prizes),
  };
  return { value, version: etag };
}

/** The settings of a contest; what published challenges rest on is closed. */
export function SettingsForm({ contest, etag }: { contest: Contest; etag: string }) {
  const t = useMessages(messages);
  const nameOf = useSettingNames();
  const reader = useLanguage();
  const [language, setLanguage] = useState<Language>(reader);
  const zone = contest.timeZone;
  const fixed = contest.published > 0;
  const send = async (v: Settings, version: number | string) => {
    const local = (name: (typeof texts)[number]): LocalText =>
      Object.fromEntries(
        languages.filter((lang) => v[`${name}_${lang}`].trim()).map((lang) => [lang, v[`${name}_${lang}`]]),
      );
    // Untouched moments go back as they came: a form shows minutes, a rehearsal starts between them.
    const moment = (each: (typeof moments)[number]) =>
      v[each] === toLocal(contest.dates[each], zone) && v.timeZone === zone
        ? contest.dates[each]
        : fromLocal(v[each], v.timeZone.trim());
    const saved = await okWithVersion(
      api.PUT('/manage/contests/{id}', {
        params: { path: { id: contest.id }, header: ifMatch(String(version)) },
        body: {
          slug: v.slug.trim(),
          title: local('title'),
          focus: local('focus'),
          howToApply: local('howToApply'),
          month: v.month ? Number(v.month) : undefined,
          timeZone: v.timeZone.trim(),
          dates: {
            opensAt: moment('opensAt'),
            closesAt: moment('closesAt'),
            judgingEndsAt: moment('judgingEndsAt'),
            resultsAt: moment('resultsAt'),
          },
          standstillDays: Number(v.standstillDays),
          entryLanguages: v.entryLanguages as Language[],
          blind: v.blind,
          panelHidden: v.panelHidden,
          bytesGraceHours: Number(v.bytesGraceHours),
          graceMinutes: v.late === 'grace' ? minutes(v.graceMinutes) : 0,
          reviewsPerEntry: Number(v.reviewsPerEntry),
          order: v.order === 'calibrated' ? 'calibrated' : 'raw',
          prizes: JSON.parse(v.prizes),
        },
      }),
    );
    return standing(saved);
  };
  const { form, overtaken, take } = useDraftForm<Settings>({
    id: `contest-${contest.id}`,
    first: standing({ data: contest, etag }),
    failed: t('failed'),
    check: (v) =>
      v.late === 'grace' && !(minutes(v.graceMinutes) >= 1 && minutes(v.graceMinutes) <= 1440)
        ? { graceMinutes: t('late.range') }
        : {},
    serverNames: {
      title: `title_${language}`,
      ...Object.fromEntries(moments.map((each) => [`dates.${each}`, each])),
    },
    send,
    read: async () => standing(await readContest(contest.id)),
    done: async () => {
      await refresh();
      showToast(t('saved'));
    },
  });
  const prizes: Prize[] = JSON.parse(form.values.prizes);
  const name = t(`lang.${language}`);
  return (
    <Form form={form}>
      {overtaken ? <Overtaken found={overtaken} nameOf={nameOf} onTake={take} /> : null}
      {fixed ? (
        <Notice title={t('settings.fixed')}>
          <p>{t('settings.fixed.text')}</p>
          <p>{t('late.stands', { n: contest.graceMinutes })}</p>
        </Notice>
      ) : null}
      <Select
        name="textLanguage"
        label={t('language.field')}
        bare
        value={language}
        onValue={(value) => setLanguage(value as Language)}
        options={languages.map((value) => ({ value, label: t(`lang.${value}`) }))}
      />
      <TextInput
        {...form.field(`title_${language}`)}
        label={t('field.title', { language: name })}
        lang={language}
      />
      <TextArea
        {...form.field(`focus_${language}`)}
        label={t('field.focus', { language: name })}
        lang={language}
        rows={3}
        optional
      />
      <TextArea
        {...form.field(`howToApply_${language}`)}
        label={t('field.howToApply', { language: name })}
        lang={language}
        rows={3}
        optional
      />
      {fixed ? null : (
        <>
          <TextInput
            {...form.field('slug')}
            label={t('field.slug')}
            hint={t('field.slug.hint')}
            spellcheck={false}
          />
          <TextInput
            {...form.field('timeZone')}
            label={t('field.zone')}
            hint={t('field.zone.hint')}
            spellcheck={false}
          />
          {moments.map((each) => (
            <TextInput
              key={each}
              {...form.field(each)}
              type="datetime-local"
              short
              label={t(`field.${each}`)}
              hint={t('field.dates.hint', { zone: form.values.timeZone })}
            />
          ))}
          <TextInput
            {...form.field('standstillDays')}
            label={t('field.standstill')}
            inputMode="numeric"
            short
          />
          <RadioGroup
            {...form.field('late')}
            label={t('late')}
            hint={t('late.hint')}
            options={(['none', 'grace'] as const).map((value) => ({ value, label: t(`late.${value}`) }))}
          />
          {form.values.late === 'grace' ? (
            <TextInput
              {...form.field('graceMinutes')}
              label={t('late.minutes')}
              hint={t('late.minutes.hint')}
              inputMode="numeric"
              short
            />
          ) : null}
          <TextInput {...form.field('bytesGraceHours')} label={t('field.grace')} inputMode="numeric" short />
          <CheckboxGroup
            {...form.list('entryLanguages')}
            label={t('field.languages')}
            options={languages.map((value) => ({ value, label: t(`lang.${value}`) }))}
          />
          <Checkbox {...form.box('blind')} label={t('field.blind')} bare />
          <RadioGroup
            {...form.field('order')}
            label={t('field.order')}
            hint={t('field.order.hint')}
            options={(['raw', 'calibrated'] as const).map((value) => ({
              value,
              label: t(`order.${value}`),
              hint: t(`order.${value}.hint`),
            }))}
          />
        </>
      )}
      <Checkbox {...form.box('panelHidden')} label={t('field.panel')} hint={t('field.panel.hint')} bare />
      <TextInput {...form.field('month')} label={t('field.month')} inputMode="numeric" short optional />
      <TextInput {...form.field('reviewsPerEntry')} label={t('field.reviews')} inputMode="numeric" short />
      <Prizes
        prizes={prizes}
        onPrizes={(next) => form.set('prizes', JSON.stringify(next))}
        language={language}
      />
      <SubmitButton busy={form.busy}>{t('save')}</SubmitButton>
    </Form>
  );
}
