import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { date } from '~/i18n/dates';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { PageProps } from '~/routes/route';
import { AddFile, AddLink } from './AddForms';
import { keep, type Resource, useResources } from './api';
import { messages } from './messages';

/** Files and links beside a challenge, with how often each was opened. */
export default function ResourcesPage({ params }: PageProps) {
  const t = useMessages(messages);
  const challenge = params.id ?? '';
  const query = useResources(challenge);
  return (
    <QueryView query={query} page>
      {({ items, editable }) => (
        <Page
          title={t('title')}
          lead={<p>{t('lead')}</p>}
          above={<Link href={`/manage/challenges/${challenge}`}>{t('back')}</Link>}
          narrow
        >
          {items.length === 0 ? (
            <EmptyState title={t('none')}>
              <p>{t('none.text')}</p>
            </EmptyState>
          ) : (
            <ul class="stack">
              {items.map((item) => (
                <Item key={item.id} challenge={challenge} item={item} editable={editable} />
              ))}
            </ul>
          )}
          {editable ? (
            <>
              <AddFile challenge={challenge} />
              <AddLink challenge={challenge} />
            </>
          ) : null}
        </Page>
      )}
    </QueryView>
  );
}

const tones = {
  ready: 'success',
  infected: 'danger',
  refused: 'danger',
  uploading: 'warning',
  checking: 'info',
} as const;

function Item({ challenge, item, editable }: { challenge: string; item: Resource; editable: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [asking, ask] = useState(false);
  const title = textIn(item.title, language);
  const remove = async () => {
    ask(false);
    try {
      keep(challenge, await ok(api.DELETE('/manage/resources/{id}', { params: { path: { id: item.id } } })));
      showToast(t('removed'));
    } catch (failure) {
      showToast(failure instanceof ProblemError ? failure.message : t('failed'));
    }
  };
  return (
    <li class="section">
      <h2>
        <bdi lang={title.lang === language ? undefined : title.lang}>{title.text}</bdi>
      </h2>
      <p>
        <Tag tone={tones[item.state]}>{t(`state.${item.state}`)}</Tag>
      </p>
      {item.state === 'infected' || item.state === 'refused' ? <p>{t(`state.${item.state}.text`)}</p> : null}
      <p class="muted">
        {item.kind === 'link' ? (
          <a href={item.url} rel="noreferrer">
            {item.url}
          </a>
        ) : (
          <>
            <bdi>{item.name}</bdi> · {sizeOf(item.size ?? 0, language)}
          </>
        )}
      </p>
      <p>{t('downloads', { n: item.downloads })}</p>
      {item.days.length > 0 ? (
        <details>
          <summary>{t('days')}</summary>
          <ul>
            {item.days.map(({ day, count }) => (
              <li key={day}>
                {date(new Date(day), 'UTC', language)}: {number(count, language)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {editable ? (
        <p>
          <Button onClick={() => ask(true)}>{t('remove', { title: title.text })}</Button>
        </p>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => ask(false)}
        onConfirm={remove}
        title={t('remove.ask', { title: title.text })}
        confirm={t('remove.confirm')}
        danger
      >
        <p>{t('remove.text')}</p>
      </ConfirmDialog>
    </li>
  );
}

function sizeOf(bytes: number, language: string): string {
  const mega = bytes >= 1024 * 1024;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(mega ? bytes / 1024 / 1024 : Math.max(1, bytes / 1024));
}
