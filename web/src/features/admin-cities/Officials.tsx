import { useQuery } from '@tanstack/preact-query';
import { api, idempotencyKey, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { City } from './api';
import { messages } from './messages';

/** Invites the officials of a city, and says what became of the invitations. */
export function Officials({ city }: { city: City }) {
  const t = useMessages(messages);
  const sent = useQuery({
    queryKey: ['invitations'],
    queryFn: () => ok(api.GET('/invitations', { params: { query: { limit: 100 } } })),
  });
  const mine = (sent.data?.items ?? []).filter(
    (each) => each.scope.id === city.id && each.role === 'official',
  );
  const form = useForm({
    id: `official-${city.id}`,
    initial: { email: '', name: '', language: city.language as string },
    failed: t('officials.failed'),
    check: (v) => ({ email: v.email.trim() ? undefined : t('missing', { field: t('officials.email') }) }),
    submit: async (v, key) => {
      await ok(
        api.POST('/invitations', {
          headers: idempotencyKey(key),
          body: {
            email: v.email.trim(),
            name: v.name.trim() || undefined,
            language: v.language as Language,
            role: 'official',
            scopeKind: 'city',
            scopeId: city.id,
          },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['invitations'] });
      showToast(t('officials.done', { email: v.email.trim() }));
      form.reset({ email: '', name: '', language: city.language });
    },
  });
  return (
    <section class="section" aria-labelledby="officials">
      <h2 id="officials">{t('officials.title')}</h2>
      <p>{t('officials.text')}</p>
      {mine.length > 0 ? (
        <ul class="stack" aria-label={t('officials.open')}>
          {mine.map((each) => (
            <li key={each.id}>{t(`officials.state.${each.state}`, { email: each.email })}</li>
          ))}
        </ul>
      ) : null}
      <Form form={form}>
        <TextInput {...form.field('email')} type="email" label={t('officials.email')} autocomplete="off" />
        <TextInput {...form.field('name')} label={t('officials.name')} optional autocomplete="off" />
        <Select
          {...form.field('language')}
          label={t('officials.language')}
          options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
        />
        <SubmitButton busy={form.busy}>{t('officials.submit')}</SubmitButton>
      </Form>
    </section>
  );
}
