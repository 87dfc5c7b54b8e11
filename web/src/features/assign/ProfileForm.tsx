import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { languageNames } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { refresh, type Seat, type Setup } from './api';
import { messages } from './messages';

/** Host city, languages, topics and limit of one juror. */
export function ProfileForm({ seat, setup, onDone }: { seat: Seat; setup: Setup; onDone: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `seat-${seat.seatId}-${seat.version}`,
    initial: {
      city: seat.cityId ?? '',
      languages: seat.languages as string[],
      tags: seat.tags,
      maxReviews: seat.maxReviews === undefined ? '' : String(seat.maxReviews),
    },
    failed: t('failed'),
    serverNames: { cityId: 'city' },
    check: (v) => ({ maxReviews: /^\d{0,4}$/.test(v.maxReviews.trim()) ? undefined : t('limit.wrong') }),
    submit: async (v) => {
      await ok(
        api.PUT('/manage/seats/{id}', {
          params: { path: { id: seat.seatId }, header: { 'If-Match': `"${seat.version}"` } },
          body: {
            cityId: v.city || undefined,
            languages: v.languages as components['schemas']['Lang'][],
            tags: v.tags,
            maxReviews: v.maxReviews.trim() === '' ? undefined : Number(v.maxReviews),
          },
        }),
      );
      await refresh();
      showToast(t('edit.done'));
      onDone();
    },
  });
  // A group shows its own options; the others stay as they are.
  const group = (options: Setup['topics'][number]['options']) => {
    const own = options.map((each) => each.tag);
    const rest = form.values.tags.filter((tag) => !own.includes(tag));
    return {
      values: form.values.tags,
      onValues: (values: string[]) => form.set('tags', [...rest, ...values]),
    };
  };
  return (
    <Form form={form}>
      <Select
        {...form.field('city')}
        bare
        label={t('city')}
        hint={t('city.hint')}
        empty={t('city.none')}
        options={setup.cities.map((each) => ({ value: each.id, label: textIn(each.name, language).text }))}
      />
      <CheckboxGroup
        {...form.list('languages')}
        bare
        label={t('languages')}
        hint={t('languages.hint')}
        options={setup.languages.map((each) => ({ value: each, label: languageNames[each], lang: each }))}
      />
      {setup.topics.map((topic) => (
        <CheckboxGroup
          key={topic.key}
          name={`tags.${topic.key}`}
          bare
          label={textIn(topic.label, language).text}
          hint={t('tags.hint')}
          {...group(topic.options)}
          options={topic.options.map((each) => {
            const label = textIn(each.label, language);
            return { value: each.tag, label: label.text, lang: label.lang };
          })}
        />
      ))}
      <TextInput
        {...form.field('maxReviews')}
        type="number"
        min="0"
        max="9999"
        short
        optional
        label={t('limit')}
        hint={t('limit.hint')}
      />
      <SubmitButton busy={form.busy}>{t('edit.submit')}</SubmitButton>
    </Form>
  );
}
