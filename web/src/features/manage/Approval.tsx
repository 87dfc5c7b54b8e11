import { useEffect, useRef, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Dialog } from '~/components/Dialog';
import { ErrorSummary } from '~/components/ErrorSummary';
import { Form } from '~/components/Form';
import { LinkButton } from '~/components/LinkButton';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Authoring, type EditRequest, keep, type Managed, refresh, useAuthoring } from './api';
import { messages } from './messages';
import { placeOf } from './parts';
import { Schedule } from './Schedule';

type Deed = 'send' | 'approve' | 'publish';

/** What is to be written next: an edit that was asked for, or the first section that lacks something. */
function toWrite(authoring: Authoring | undefined, edits: EditRequest[]) {
  return authoring?.sections.find(
    (part) => edits.some((edit) => edit.section === part.key) || !part.complete,
  );
}

/** The button that was pressed is gone with the state it belonged to; what can be done now takes the focus. */
function useHeadingFocus(state: string, busy: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state || busy) return;
    before.current = state;
    if (document.activeElement === document.body) heading.current?.focus();
  });
  return heading;
}

/** What can be done with the challenge now, in words and buttons: send, approve, return, publish. */
export function Approval({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [returning, setReturning] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [failure, setFailure] = useState<{ message: string; requestId?: string; attempt: number }>();
  const authoring = useAuthoring(challenge.id).data;
  const edits = authoring?.edits.filter((edit) => !edit.doneAt) ?? [];
  const may = (action: string) => challenge.allowedActions.includes(action);
  const takingBack = challenge.state === 'sent' && !may('challenge.approve');
  const open = may('challenge.send_for_approval') ? toWrite(authoring, edits) : undefined;
  const heading = useHeadingFocus(challenge.state, returning || publishing);

  const act = async (deed: Deed) => {
    try {
      const path = { params: { path: { id: challenge.id } } };
      await keep(await ok(api.POST(`/manage/challenges/{id}/${deed}`, path)));
      setFailure(undefined);
      showToast(t(`done.${deed}`));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { message } = error;
      // A reference helps with our own faults alone.
      const requestId = error.status >= 500 ? error.requestId : undefined;
      setFailure((before) => ({ message, requestId, attempt: (before?.attempt ?? 0) + 1 }));
      await refresh(challenge.id);
    }
  };

  const pending = challenge.texts.filter(
    (text) => text.lang !== challenge.language && (!text.title || text.stale),
  );
  const list = new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' });
  return (
    <section class="panel" aria-labelledby="todo">
      <h2 id="todo" ref={heading} tabIndex={-1}>
        {t('overview.todo')}
      </h2>
      {failure ? <ErrorSummary {...failure} fields={{}} /> : null}
      <p>
        {challenge.state === 'returned' && edits.length > 0
          ? t('say.returned.edits', { n: edits.length })
          : t(wordsOf(challenge))}
      </p>
      <Schedule challenge={challenge} />
      <Deeds
        challenge={challenge}
        next={open?.key}
        takingBack={takingBack}
        onAct={(deed) => (deed === 'publish' ? setPublishing(true) : void act(deed))}
        onReturn={() => setReturning(true)}
      />
      <Dialog
        open={returning}
        onClose={() => setReturning(false)}
        title={t(takingBack ? 'takeBack.title' : 'return.title')}
      >
        <ReturnForm
          id={challenge.id}
          edits={edits.length}
          takingBack={takingBack}
          onClose={() => setReturning(false)}
        />
      </Dialog>
      <ConfirmDialog
        open={publishing}
        onClose={() => setPublishing(false)}
        onConfirm={() => {
          setPublishing(false);
          void act('publish');
        }}
        title={t('publish.title')}
        confirm={t('do.publish')}
      >
        <p>{t('publish.text')}</p>
        {pending.length > 0 ? (
          <p>
            {t('publish.pending', { languages: list.format(pending.map((text) => t(`lang.${text.lang}`))) })}
          </p>
        ) : null}
      </ConfirmDialog>
    </section>
  );
}

type DeedsProps = {
  challenge: Managed;
  /** The section that is to be written next. */
  next?: Authoring['sections'][number]['key'];
  takingBack: boolean;
  onAct: (deed: Deed) => void;
  onReturn: () => void;
};

/** The buttons that the state and the reader's rights leave. */
function Deeds({ challenge, next, takingBack, onAct, onReturn }: DeedsProps) {
  const t = useMessages(messages);
  const may = (action: string) => challenge.allowedActions.includes(action);
  return (
    <p class="actions">
      {next ? (
        <LinkButton href={placeOf(challenge, next)} kind="primary">
          {t('do.write')}
        </LinkButton>
      ) : null}
      {challenge.state === 'draft' ? null : (
        <LinkButton href={`/manage/challenges/${challenge.id}/review`} kind="outline">
          {t(may('challenge.approve') ? 'review.open' : 'review.read')}
        </LinkButton>
      )}
      {may('challenge.send_for_approval') ? (
        <Button kind={next ? 'outline' : 'primary'} onClick={() => onAct('send')}>
          {t('do.send')}
        </Button>
      ) : null}
      {may('challenge.approve') ? (
        <Button kind="primary" onClick={() => onAct('approve')}>
          {t('do.approve')}
        </Button>
      ) : null}
      {may('challenge.publish') ? (
        <Button kind="primary" onClick={() => onAct('publish')}>
          {t('do.publish')}
        </Button>
      ) : null}
      {may('challenge.return') ? (
        <Button kind="outline" onClick={onReturn}>
          {t(takingBack ? 'do.takeBack' : 'do.return')}
        </Button>
      ) : null}
    </p>
  );
}

function wordsOf(challenge: Managed) {
  if (challenge.state !== 'sent') return `say.${challenge.state}` as const;
  if (challenge.allowedActions.includes('challenge.approve')) return 'say.sent.other';
  return challenge.allowedActions.includes('challenge.return') ? 'say.sent.own' : 'say.sent.wait';
}

type ReturnProps = { id: string; edits: number; takingBack: boolean; onClose: () => void };

/** Why a challenge goes back: from whoever should approve it, or from the author who takes the request back. */
function ReturnForm({ id, edits, takingBack, onClose }: ReturnProps) {
  const t = useMessages(messages);
  const form = useForm({
    id: `return-${id}`,
    initial: { reason: '' },
    failed: t('return.failed'),
    submit: async ({ reason }) => {
      const returned = api.POST('/manage/challenges/{id}/return', {
        params: { path: { id } },
        body: { reason },
      });
      await keep(await ok(returned));
      showToast(t(takingBack ? 'done.takeBack' : 'done.return'));
      onClose();
    },
  });
  return (
    <Form form={form}>
      <TextArea
        {...form.field('reason')}
        label={t('return.reason')}
        hint={
          takingBack
            ? t('takeBack.reason.hint')
            : edits > 0
              ? t('return.reason.edits', { n: edits })
              : t('return.reason.hint')
        }
        optional={edits > 0}
        limit={2000}
      />
      <div class="actions">
        <SubmitButton busy={form.busy}>{t(takingBack ? 'do.takeBack' : 'do.return')}</SubmitButton>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Form>
  );
}
