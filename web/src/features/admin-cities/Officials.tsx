import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Form } from '~/components/Form';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type City, useOfficials } from './api';
import './cities.css';
import { messages } from './messages';

/** The officials of a city, who is invited, and a form to invite another one. */
export function Officials({ city }: { city: City }) {
  const t = useMessages(messages);
  const sent = useQuery({
    queryKey: ['invitations'],
    queryFn: () => ok(api.GET('/invitations', { params: { query: { limit: 100 } } })),
  });
  const mine = (sent.data?.items ?? []).filter(
    // Whoever has accepted is an official now, or was one.
    (each) => each.scope.id === city.id && each.role === 'official' && each.state !== 'accepted',
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
      <QueryView query={useOfficials(city)} loading="s">
        {(people) =>
          people.length === 0 ? (
            <p class="muted">{t('officials.none')}</p>
          ) : (
            <ul class="slots" aria-label={t('officials.title')}>
              {people.map((each) => (
                <li key={each.id}>
                  <strong>{each.name}</strong>
                  <span class="muted">{each.email}</span>
                  {each.disabled ? <Tag tone="warning">{t('officials.closed')}</Tag> : null}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <p>
        <Link href="/admin/people?role=official">{t('officials.people')}</Link>
      </p>
      <h3>{t('officials.invite')}</h3>
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
