import { EmptyState } from '~/components/EmptyState';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { When } from '~/components/When';
import { Declared } from '~/features/jury/Declared';
import { messages as jury } from '~/features/jury/messages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Desk, type Opened, useDesk } from './api';
import './calibration.css';
import { messages } from './messages';
import { Onward } from './Onward';

/** The calibration round for one of its jurors: score two entries, hand in, see how far apart the jury is. */
export default function DeskPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = params.id ?? '';
  return (
    <Declared query={useDesk(id)} challenge={id}>
      {(opened) => {
        const { desk } = opened;
        const title = textIn(desk.title, language, desk.language);
        return (
          <Page
            title={t('title')}
            documentTitle={`${t('title')} · ${title.text}`}
            lead={<p>{t('lead')}</p>}
            above={<span lang={title.lang}>{title.text}</span>}
          >
            <Stage opened={opened} />
          </Page>
        );
      }}
    </Declared>
  );
}

function Stage({ opened }: { opened: Opened }) {
  const { desk } = opened;
  const t = useMessages(messages);
  const onward = <LinkButton href="/jury">{t('none.action')}</LinkButton>;
  if (desk.state === 'none') {
    return (
      <EmptyState title={t('none')} action={onward}>
        <p>{t('none.text')}</p>
      </EmptyState>
    );
  }
  if (desk.state === 'cancelled') {
    return (
      <EmptyState title={t('cancelled.title')} action={onward}>
        <p dir="auto">{desk.reason}</p>
      </EmptyState>
    );
  }
  if (desk.items.length === 0) {
    return (
      <EmptyState title={t('idle')} action={onward}>
        <p>{t('idle.text')}</p>
      </EmptyState>
    );
  }
  if (desk.state === 'open' && !desk.handedInAt) {
    return (
      <>
        <Counts desk={desk} />
        <Later
          key={desk.items.map(({ entry }) => entry.entryId).join()}
          load={() => import('./DeskForm')}
          messages={[messages, jury]}
          props={{ opened }}
        />
      </>
    );
  }
  return (
    <>
      <Notice
        tone="success"
        title={
          desk.handedInAt ? (
            <>
              {t('handed')} <When at={desk.handedInAt} short />
            </>
          ) : (
            t('closed')
          )
        }
      >
        {desk.state === 'open' ? <p>{t('handed.wait')}</p> : null}
        <p>
          <LinkButton href="/jury" kind="primary">
            {t('onward')}
          </LinkButton>
        </p>
      </Notice>
      {desk.spread ? (
        <Later
          key="spread"
          load={() => import('./SpreadView')}
          messages={[messages]}
          props={{ spread: desk.spread, criteria: desk.criteria, language: desk.language }}
        />
      ) : null}
      <Onward desk={desk} />
    </>
  );
}

function Counts({ desk }: { desk: Desk }) {
  const t = useMessages(messages);
  const key = desk.counts ? 'on' : 'off';
  return (
    <Notice title={t(key)}>
      <p>{t(`${key}.text`)}</p>
    </Notice>
  );
}
