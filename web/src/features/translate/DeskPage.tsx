import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { date } from '~/i18n/dates';
import { languageNames } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { PageProps } from '~/routes/route';
import { AskForm } from './AskForm';
import { type Desk, type DeskLanguage, keep, type Request, useDesk } from './api';
import { messages } from './messages';

/** The languages of a challenge: which one counts, which are pending, who was asked. */
export default function DeskPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useDesk(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(desk) => (
        <Page
          title={t('title')}
          lead={<p>{t('lead', { language: t(`lang.${desk.language}`) })}</p>}
          above={
            <>
              <Link href={`/manage/challenges/${desk.challengeId}`}>{t('back')}</Link>
              <span lang={desk.language === language ? undefined : desk.language}>{desk.title}</span>
            </>
          }
          narrow
        >
          {desk.languages.map((each) => (
            <LanguagePart key={each.lang} desk={desk} language={each} />
          ))}
        </Page>
      )}
    </QueryView>
  );
}

function LanguagePart({ desk, language }: { desk: Desk; language: DeskLanguage }) {
  const t = useMessages(messages);
  const at = `/manage/challenges/${desk.challengeId}/text?lang=${language.lang}`;
  const original = language.state === 'original';
  const may = (action: string) => desk.allowedActions.includes(action);
  return (
    <section class="section" aria-labelledby={`l-${language.lang}`}>
      <h2 id={`l-${language.lang}`} lang={language.lang}>
        {languageNames[language.lang]}
      </h2>
      <p>
        <Tag tone={tones[language.state]}>{t(`state.${language.state}`)}</Tag>
      </p>
      <p class="muted">{t(`state.${language.state}.text`)}</p>
      {original || !may('challenge.translate') ? null : (
        <p class="actions">
          <LinkButton href={at} kind={language.state === 'done' ? 'outline' : 'primary'}>
            {t(language.state === 'done' ? 'open' : 'translate')}
          </LinkButton>
        </p>
      )}
      {language.requests.length > 0 ? (
        <>
          <h3>{t('asked')}</h3>
          <ul class="stack">
            {language.requests.map((request) => (
              <RequestItem
                key={request.id}
                request={request}
                cancellable={may('challenge.request_translation')}
              />
            ))}
          </ul>
        </>
      ) : null}
      {!original && language.state !== 'done' && may('challenge.request_translation') ? (
        <AskForm desk={desk} language={language.lang} />
      ) : null}
    </section>
  );
}

const tones = { original: undefined, pending: undefined, stale: 'warning', done: 'success' } as const;

function RequestItem({ request, cancellable }: { request: Request; cancellable: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [asking, ask] = useState(false);
  const who = request.name || request.email;
  const cancel = async () => {
    ask(false);
    try {
      keep(
        await ok(
          api.POST('/manage/translation-requests/{id}/cancel', { params: { path: { id: request.id } } }),
        ),
      );
      showToast(t('cancelled'));
    } catch (failure) {
      showToast(failure instanceof ProblemError ? failure.message : t('failed'));
    }
  };
  return (
    <li>
      <p>
        <bdi>{who}</bdi>{' '}
        <Tag tone={request.state === 'done' ? 'success' : undefined}>{t(`request.${request.state}`)}</Tag>
      </p>
      <p class="small muted">
        {t('request.at')} <When at={request.requestedAt} short />
        {request.dueOn
          ? ` · ${t('request.due', { date: date(new Date(request.dueOn), 'UTC', language) })}`
          : null}
      </p>
      {request.note ? <p dir="auto">{request.note}</p> : null}
      {cancellable && request.state !== 'done' ? (
        <p>
          <Button onClick={() => ask(true)}>{t('cancel', { who })}</Button>
        </p>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => ask(false)}
        onConfirm={cancel}
        title={t('cancel.ask', { who })}
        confirm={t('cancel.confirm')}
      >
        <p>{t('cancel.text')}</p>
      </ConfirmDialog>
    </li>
  );
}
