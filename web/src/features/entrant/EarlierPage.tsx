import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ProblemError } from '~/api/problem';
import { NotFoundPage } from '~/app/NotFoundPage';
import { Button } from '~/components/Button';
import { Disclosure } from '~/components/Disclosure';
import { EmptyState } from '~/components/EmptyState';
import { idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { TextDiff } from '~/components/TextDiff';
import { When } from '~/components/When';
import { isOpen } from '~/features/correction/reopened';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { PageProps } from '~/routes/route';
import { type Entry, type History, takeBack, useAnswerVersions, useEntry, useHistory } from './api';
import { inWords } from './changes';
import { type EarlierText, earlierTexts } from './earlier';
import { messages } from './messages';
import './entrant.css';

type Field = History['fields'][number];

/** The texts that one answer had before, each against the answer as it is now. */
export default function EarlierPage({ params }: PageProps) {
  const id = params.id ?? '';
  const entry = useEntry(id);
  const history = useHistory(id);
  return (
    <QueryView query={entry} page>
      {(one) => (
        <QueryView query={history} page>
          {(all) => {
            const field = all.fields.find((each) => each.key === params.field && each.kind !== 'file');
            return field ? <Texts entry={one} history={all} field={field} /> : <NotFoundPage />;
          }}
        </QueryView>
      )}
    </QueryView>
  );
}

function Texts({ entry, history, field }: { entry: Entry; history: History; field: Field }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useAnswerVersions(entry.id, field.id);
  const [refused, setRefused] = useState('');
  const answer = entry.answers.find((each) => each.fieldId === field.id);
  const asked = entry.fields.find((each) => each.id === field.id);
  const now = answer?.value ?? entry.dropped.find((each) => each.key === field.key)?.value ?? '';
  const changeable =
    entry.allowedActions.includes('entry.edit') && asked && !asked.frozen && isOpen(entry, asked);

  const take = async (text: EarlierText) => {
    setRefused('');
    try {
      const verdict = await takeBack(entry.id, field.id, text.value, answer?.version ?? 0);
      if (verdict === 'saved') showToast(t('earlier.taken'));
      else setRefused(t(verdict === 'conflict' ? 'earlier.clash' : 'earlier.late'));
    } catch (failure) {
      setRefused(failure instanceof ProblemError ? failure.message : t('failed'));
    }
  };

  return (
    <Page
      middle
      title={t('earlier.title')}
      above={<Link href={`/my/entries/${entry.id}`}>{t('back', { reference: entry.reference })}</Link>}
      lead={
        <p>
          <LangText {...textIn(field.label as LocalText, language)} />
        </p>
      }
    >
      <QueryView query={query}>
        {({ items }) => {
          const { earlier, nowSent } = earlierTexts(items, history, field.key, now);
          return (
            <>
              {earlier.length > 0 ? <p class="small muted">{t('earlier.lead')}</p> : null}
              {refused ? <Notice tone="warning" live title={refused} /> : null}
              <ol class="versions">
                <li class="stack">
                  <h2>{t('earlier.now')}</h2>
                  <Head at={answer?.updatedAt} by={answer?.updatedBy} sent={nowSent} />
                  {now ? (
                    <p class="version-text" dir="auto" lang={entry.language}>
                      {inWords(field, now, language)}
                    </p>
                  ) : (
                    <p class="muted">{t('earlier.now.none')}</p>
                  )}
                </li>
                {earlier.map((text) => (
                  <li key={text.key} class="stack">
                    <h2>
                      <When at={text.at} />
                    </h2>
                    <Head by={text.by} sent={text.sent} />
                    <TextDiff
                      before={inWords(field, text.value, language)}
                      after={inWords(field, now, language)}
                      lang={entry.language}
                    />
                    <Disclosure summary={t('earlier.whole')}>
                      <p class="version-text" dir="auto" lang={entry.language}>
                        {inWords(field, text.value, language)}
                      </p>
                    </Disclosure>
                    {changeable ? (
                      <p>
                        <Button kind="outline" onClick={() => void take(text)}>
                          {t('earlier.take')}
                          <span class="visually-hidden">
                            {' '}
                            <When at={text.at} />
                          </span>
                        </Button>
                      </p>
                    ) : null}
                  </li>
                ))}
              </ol>
              {earlier.length === 0 ? (
                <EmptyState title={t('earlier.none')}>
                  <p>{t('earlier.none.text')}</p>
                </EmptyState>
              ) : null}
            </>
          );
        }}
      </QueryView>
      <p class="actions">
        {asked ? (
          <LinkButton
            href={`/my/entries/${entry.id}/edit/${asked.section}#${idOf(`fields.${asked.key}`)}`}
            kind="primary"
          >
            {t('earlier.section')}
          </LinkButton>
        ) : null}
        <LinkButton href={`/my/entries/${entry.id}/history`} kind="outline">
          {t('earlier.history')}
        </LinkButton>
      </p>
    </Page>
  );
}

/** When, by whom, and which submissions carried it. */
function Head({ at, by, sent }: { at?: string; by?: string; sent: number[] }) {
  const t = useMessages(messages);
  if (!at && !by && sent.length === 0) return null;
  return (
    <p class="marks">
      {at ? <When at={at} /> : null}
      {by ? <span class="muted">{t('earlier.by', { name: by })}</span> : null}
      {sent.map((n) => (
        <Tag key={n} tone="info">
          {t('earlier.sent', { n })}
        </Tag>
      ))}
    </p>
  );
}
