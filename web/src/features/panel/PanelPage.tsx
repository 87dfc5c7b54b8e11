import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Dialog } from '~/components/Dialog';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Juror, type Panel, usePanel } from './api';
import { JurorItem } from './JurorItem';
import { messages } from './messages';
import { NameForm } from './NameForm';

/** Who judges, for a team: here it names jurors who should not judge its entry, and reads what the chair says. */
export default function PanelPage({ params }: PageProps) {
  const id = params.id ?? '';
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <QueryView query={usePanel(id)} page>
      {(panel) => {
        const title = textIn(panel.title, language);
        return (
          <Page
            middle
            title={t('title')}
            lead={<p lang={title.lang === language ? undefined : title.lang}>{title.text}</p>}
            above={<Link href={`/my/entries/${id}`}>{t('back')}</Link>}
          >
            <Shown panel={panel} />
          </Page>
        );
      }}
    </QueryView>
  );
}

function Shown({ panel }: { panel: Panel }) {
  const t = useMessages(messages);
  const [named, setNamed] = useState<Juror>();
  const back = <LinkButton href={`/my/entries/${panel.entryId}`}>{t('back')}</LinkButton>;
  if (panel.state === 'later') {
    return (
      <EmptyState title={t('later')} action={back}>
        <p>
          {t('later.text')}
          {panel.from ? <When at={panel.from} /> : null}
        </p>
      </EmptyState>
    );
  }
  if (panel.state === 'hidden' || panel.jurors.length === 0) {
    const what = panel.state === 'hidden' ? 'hidden' : 'none';
    return (
      <EmptyState title={t(what)} action={back}>
        <p>{t(`${what}.text`)}</p>
      </EmptyState>
    );
  }
  const may = panel.state === 'open' && panel.allowedActions.includes('entry.edit');
  return (
    <>
      <Rules panel={panel} />
      <ul class="rows" aria-label={t('title')}>
        {panel.jurors.map((juror) => (
          <JurorItem
            key={juror.seatId}
            panel={panel}
            juror={juror}
            onName={may && !juror.naming ? () => setNamed(juror) : undefined}
          />
        ))}
      </ul>
      <Dialog
        open={named !== undefined}
        onClose={() => setNamed(undefined)}
        title={t('form.title', { name: named?.name ?? '' })}
      >
        {named ? <NameForm panel={panel} juror={named} onDone={() => setNamed(undefined)} /> : null}
      </Dialog>
    </>
  );
}

function Rules({ panel }: { panel: Panel }) {
  const t = useMessages(messages);
  if (panel.state === 'closed') {
    return (
      <Notice title={t('closed')}>
        <p>{t('closed.text')}</p>
      </Notice>
    );
  }
  return (
    <>
      <div class="prose">
        <p>{t('open.text')}</p>
        <p>{t('open.until')}</p>
        {panel.allowedActions.includes('entry.edit') ? null : <p class="muted">{t('viewer')}</p>}
      </div>
      {panel.blind ? (
        <Notice title={t('blind')}>
          <p>{t('blind.text')}</p>
        </Notice>
      ) : null}
    </>
  );
}
