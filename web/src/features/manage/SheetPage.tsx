import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { Markdown } from '~/components/Markdown';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { date, dateTimeZone } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { serverNow } from '~/lib/clock';
import type { PageProps } from '~/routes/route';
import { type Authoring, type Managed, useAuthoring, useManaged } from './api';
import { messages } from './messages';
import { Boxes, Facts } from './SheetParts';
import './sheet.css';

type Detail = components['schemas']['ChallengeDetail'];

/** What a second person approves, to print and sign or seal: 稟議, visto bueno, sign-off. */
export default function SheetPage({ params }: PageProps) {
  const lang = useLanguage();
  const id = params.id ?? '';
  const managed = useManaged(id);
  const authoring = useAuthoring(id);
  const path = { params: { path: { id }, query: { lang } } };
  const preview = useQuery({
    queryKey: ['managed', id, 'preview', lang],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/preview', path)),
  });
  const extras = useQuery({
    queryKey: ['managed', id, 'extras', lang],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/extras', path)),
  });
  return (
    <QueryView query={managed} page>
      {(challenge) => (
        <QueryView query={authoring} page>
          {(sheet) => (
            <QueryView query={preview} page>
              {(detail) => (
                <QueryView query={extras} page>
                  {(more) => <Sheet challenge={challenge} authoring={sheet} detail={detail} extras={more} />}
                </QueryView>
              )}
            </QueryView>
          )}
        </QueryView>
      )}
    </QueryView>
  );
}

type Props = {
  challenge: Managed;
  authoring: Authoring;
  detail: Detail;
  extras: components['schemas']['ChallengeExtras'];
};

function Sheet({ challenge, authoring, detail, extras: { terms, eligibility } }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const zone = challenge.timeZone;
  const when = (at: string) => dateTimeZone(new Date(at), zone, language);
  const titleLang = detail.lang === language ? undefined : detail.lang;
  const act = (kind: string) => challenge.acts.findLast((each) => each.kind === kind);
  const done = (kind: string) => {
    const found = act(kind);
    return found ? `${found.by || t('act.gone')} · ${when(found.at)}` : t('sheet.notYet');
  };
  const cities = challenge.cities.map((city) => textIn(city.name, language).text);
  const list = new Intl.ListFormat(language, { style: 'short', type: 'conjunction' });
  const resources = detail.sections.find((section) => section.key === 'resources');
  const added = detail.sections.find((section) => section.key === 'terms');
  return (
    <Page
      title={t('sheet.title')}
      middle
      above={<Link href={`/manage/challenges/${challenge.id}`}>{t('back')}</Link>}
    >
      <p class="actions screen-only">
        <Button kind="primary" onClick={() => print()}>
          {t('sheet.print')}
        </Button>
      </p>
      <Boxes />
      <Facts
        rows={[
          [t('sheet.subject'), <strong lang={titleLang}>{detail.title || t('untitled')}</strong>],
          [
            t('sheet.summary'),
            detail.summary ? <span lang={titleLang}>{detail.summary}</span> : t('review.empty'),
          ],
          [t('start.contest'), textIn(challenge.contest.title, language).text],
          [t('sheet.cities'), list.format(cities)],
          [t('sheet.writers'), authoring.writers.length > 0 ? list.format(authoring.writers) : t('act.gone')],
          [t('act.sent'), done('sent')],
          [t('act.approved'), done('approved')],
          ...(authoring.publishAt
            ? [[t('sheet.planned'), when(authoring.publishAt)] as [string, string]]
            : []),
          [t('act.published'), done('published')],
        ]}
      />
      <section class="section" aria-labelledby="dates">
        <h2 id="dates">{t('settings.dates')}</h2>
        <Facts
          rows={[
            ...(['opensAt', 'closesAt', 'judgingEndsAt', 'resultsAt'] as const).map(
              (each): [string, string] => [t(`settings.${each}`), when(detail.dates[each])],
            ),
            [t('sheet.grace'), t('sheet.grace.minutes', { n: detail.graceMinutes })],
          ]}
        />
      </section>
      <section class="section" aria-labelledby="criteria">
        <h2 id="criteria">{t('criteria.title')}</h2>
        <Table
          caption={t('criteria.title')}
          hideCaption
          rows={detail.criteria}
          rowKey={(row) => row.key}
          columns={[
            {
              key: 'name',
              title: t('criteria.name'),
              heading: true,
              cell: ({ name }) => <span lang={name.lang}>{name.text}</span>,
            },
            {
              key: 'about',
              title: t('criteria.description'),
              cell: ({ description }) => <span lang={description.lang}>{description.text}</span>,
            },
            { key: 'weight', title: t('criteria.weight'), numeric: true, cell: (row) => row.weight },
          ]}
        />
      </section>
      <section class="section" aria-labelledby="asked">
        <h2 id="asked">{t('eligibility.title')}</h2>
        {eligibility.length === 0 ? <p>{t('review.empty')}</p> : null}
        <ol class="sheet-list">
          {eligibility.map((each) => (
            <li key={each.key}>
              <span lang={each.text.lang}>{each.text.text}</span>{' '}
              <strong>{t(each.expected ? 'eligibility.yes' : 'eligibility.no')}</strong>
              {each.blocking ? null : <span class="muted"> · {t('sheet.marks')}</span>}
            </li>
          ))}
        </ol>
        <p>
          {t('sheet.form', {
            n: detail.form.length,
            required: detail.form.filter((field) => field.required).length,
          })}
        </p>
      </section>
      <section class="section" aria-labelledby="beds">
        <h2 id="beds">{t('settings.testbeds')}</h2>
        {detail.testbeds.length === 0 ? <p>{t('review.empty')}</p> : null}
        <ul class="sheet-list">
          {detail.testbeds.map((bed) => (
            <li key={bed.id}>
              <strong lang={bed.name.lang}>{bed.name.text}</strong>{' '}
              {bed.slots.map((slot) => (
                <span key={slot.id} class="sheet-slot">
                  {[slot.startsOn, slot.endsOn].map((day) => date(new Date(day), 'UTC', language)).join('–')}
                </span>
              ))}
            </li>
          ))}
        </ul>
        {resources ? (
          <>
            <h3 lang={resources.label.lang}>{resources.label.text}</h3>
            <Markdown html={resources.html} lang={titleLang} />
          </>
        ) : null}
      </section>
      <section class="section" aria-labelledby="terms">
        <h2 id="terms">{t('terms.title')}</h2>
        <p>
          <strong>{terms?.name ?? t('terms.none')}</strong>
        </p>
        {added ? <Markdown html={added.html} lang={titleLang} /> : null}
      </section>
      <p class="small muted">{t('sheet.printed', { at: when(serverNow().toISOString()) })}</p>
    </Page>
  );
}
