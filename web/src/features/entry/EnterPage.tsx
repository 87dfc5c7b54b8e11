import { useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { DeadlineStrip } from '~/components/DeadlineStrip';
import { Form } from '~/components/Form';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { renewTeams, type Team, useTeams } from '~/features/team/api';
import { Offers } from '~/features/team/Offers';
import { createTeam, emptyTeam, TeamFields, useTeamFaults } from '~/features/team/TeamFields';
import { type Language, languageNames } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { cameFrom } from '~/lib/came-from';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import '~/features/team/team.css';
import { type MyEntry, may, useChallenge, useMyEntries } from './api';
import { messages } from './messages';
import { zonesOf } from './words';

/** The first step of an entry: for which team, in which language. */
export default function EnterPage({ params }: PageProps) {
  const language = useLanguage();
  const challenge = useChallenge(params.slug ?? '', language);
  const teams = useTeams();
  const mine = useMyEntries();
  return (
    <QueryView query={challenge} page>
      {(data) => (
        <QueryView query={teams} page>
          {({ items }) => (
            <QueryView query={mine} page>
              {({ pages }) => (
                <Enter
                  challenge={data}
                  teams={items}
                  entered={pages
                    .flatMap((each) => each.items)
                    .filter((entry) => entry.challenge.slug === data.slug)}
                />
              )}
            </QueryView>
          )}
        </QueryView>
      )}
    </QueryView>
  );
}

type Challenge = NonNullable<ReturnType<typeof useChallenge>['data']>;

type EnterProps = { challenge: Challenge; teams: Team[]; entered: MyEntry[] };

function Enter({ challenge, teams, entered }: EnterProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const teamFaults = useTeamFaults();
  // A team enters a challenge once.
  const able = teams.filter(
    (team) => may(team, 'entry.create') && !entered.some((entry) => entry.team.id === team.id),
  );
  const languages = challenge.entryLanguages as Language[];
  const form = useForm({
    id: `enter-${challenge.slug}`,
    initial: {
      team: able.length === 1 ? (able[0]?.id ?? 'new') : able.length === 0 ? 'new' : '',
      ...emptyTeam,
      language: languages.includes(language) ? language : (languages[0] ?? 'en'),
    },
    failed: t('failed'),
    serverNames: { teamId: 'team' },
    check: (v) => (v.team === 'new' ? teamFaults(v) : { team: v.team ? undefined : t('enter.team.missing') }),
    submit: async (v, key) => {
      const teamId = v.team === 'new' ? await createTeam(v, `${key}-team`) : v.team;
      const entry = await ok(
        api.POST('/challenges/{slug}/entries', {
          params: { path: { slug: challenge.slug }, header: { 'Idempotency-Key': key } },
          body: { teamId, language: v.language as Language, source: cameFrom() },
        }),
      );
      queries.setQueryData(['entry', entry.id], entry);
      await Promise.all([queries.invalidateQueries({ queryKey: ['my-entries'] }), renewTeams()]);
      navigate(`/my/entries/${entry.id}`);
    },
  });
  const titleLang = challenge.lang === language ? undefined : challenge.lang;
  if (challenge.phase !== 'open') {
    return (
      <Page narrow title={t('enter.title')} lead={<p lang={titleLang}>{challenge.title}</p>}>
        <Notice title={t('enter.closed')} />
        <p>
          <LinkButton href={`/challenges/${challenge.slug}`}>{t('challenge.read')}</LinkButton>
        </p>
      </Page>
    );
  }
  return (
    <Page narrow title={t('enter.title')} lead={<p lang={titleLang}>{challenge.title}</p>}>
      <DeadlineStrip
        label={t('deadline')}
        at={challenge.dates.closesAt}
        cities={zonesOf(challenge.cities, language)}
      />
      {entered.map((entry) => (
        <Notice key={entry.id} title={t('enter.already', { team: entry.team.name })}>
          <p>
            <LinkButton href={`/my/entries/${entry.id}`}>{t('enter.open')}</LinkButton>
          </p>
        </Notice>
      ))}
      <p>{t('enter.text')}</p>
      <Form form={form}>
        {able.length > 0 ? (
          <RadioGroup
            {...form.field('team')}
            label={t('enter.team')}
            hint={t('enter.team.hint')}
            options={[
              ...able.map((team) => ({ value: team.id, label: team.name })),
              { value: 'new', label: t('enter.team.new') },
            ]}
          />
        ) : null}
        {form.values.team === 'new' ? (
          <fieldset class="stack">
            <legend>
              <h2>{t('enter.team.about')}</h2>
            </legend>
            <TeamFields
              form={form}
              offers={
                <Offers
                  name={form.values.name}
                  website={form.values.website}
                  onMine={(team) => form.reset({ ...form.values, ...emptyTeam, team })}
                />
              }
            />
          </fieldset>
        ) : null}
        <RadioGroup
          {...form.field('language')}
          label={t('enter.language')}
          hint={t('enter.language.hint')}
          options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
        />
        <SubmitButton busy={form.busy}>{t('enter.go')}</SubmitButton>
      </Form>
    </Page>
  );
}
