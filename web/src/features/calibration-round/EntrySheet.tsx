import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Later } from '~/components/Later';
import { Notice } from '~/components/Notice';
import { TextArea } from '~/components/TextArea';
import '~/features/jury/cockpit.css';
import { DocumentPane } from '~/features/jury/DocumentPane';
import { messages as jury } from '~/features/jury/messages';
import { ScoreGroup } from '~/features/jury/ScoreGroup';
import { oneDecimal, totalOf } from '~/features/jury/total';
import { messages as overtaken } from '~/features/overtaken/messages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Desk, type Item, refresh } from './api';
import { messages } from './messages';
import { ReasonDialog } from './ReasonDialog';
import type { SheetState } from './use-sheets';

type Props = { desk: Desk; item: Item; sheet: SheetState; errors: Record<string, string> };

/** One entry of the round: what was submitted, and the juror's scores beside it. */
export function EntrySheet({ desk, item, sheet, errors }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { entryId } = item.entry;
  const { typed } = sheet;
  const total = totalOf(desk.criteria, typed.scores);
  const left = desk.criteria.filter((each) => typed.scores[each.id] === undefined).length;
  return (
    <div class="calibration-desk">
      <article class="calibration-paper" aria-labelledby="calibration-entry">
        <div>
          <h2 id="calibration-entry" dir="auto">
            {item.entry.title || item.entry.reference}
          </h2>
          {item.entry.teamName ? <p class="small muted">{item.entry.teamName}</p> : null}
        </div>
        {item.paper ? (
          <DocumentPane
            assignment={{ id: entryId, ...item.paper }}
            queue={desk}
            link={(fileId, disposition) =>
              ok(
                api.POST('/jury/challenges/{id}/calibration/entries/{entryId}/files/{fileId}/link', {
                  params: { path: { id: desk.challengeId, entryId, fileId }, query: { disposition } },
                }),
              )
            }
          />
        ) : null}
      </article>
      <section class="calibration-scores score-fields" aria-labelledby="calibration-scores">
        <h2 id="calibration-scores">{t('scores')}</h2>
        {sheet.found ? (
          <Later
            load={() => import('~/features/jury/Found')}
            messages={[jury, overtaken]}
            props={{ state: sheet, queue: desk }}
          />
        ) : null}
        {sheet.refused ? (
          <Notice tone="danger" live>
            {sheet.refused}
          </Notice>
        ) : null}
        {desk.criteria.map((each) => (
          <ScoreGroup
            key={each.id}
            criterion={each}
            score={typed.scores[each.id]}
            onScore={(score) => sheet.score(each.id, score)}
            error={errors[`score-${each.id}`]}
          />
        ))}
        <TextArea
          name="toTeam"
          label={t('comment')}
          hint={t(desk.counts ? 'comment.hint.on' : 'comment.hint.off')}
          optional={!desk.counts}
          value={typed.toTeam}
          onValue={sheet.comment}
          error={errors.toTeam}
          limit={4000}
          rows={4}
        />
        <p>
          {t('total')}{' '}
          {total === undefined ? (
            <span class="muted">{t('left', { n: left })}</span>
          ) : (
            <strong>{oneDecimal(total, language)}</strong>
          )}
        </p>
        <StepBack desk={desk} entryId={entryId} />
      </section>
    </div>
  );
}

/** A conflict found while reading. */
function StepBack({ desk, entryId }: { desk: Desk; entryId: string }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  return (
    <>
      <p>
        <Button kind="link" onClick={() => setOpen(true)}>
          {t('recuse')}
        </Button>
      </p>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        id={`calibration-recuse-${entryId}`}
        title={t('recuse')}
        text={t('recuse.text')}
        submit={t('recuse.submit')}
        onReason={async (reason) => {
          await ok(
            api.POST('/jury/challenges/{id}/calibration/entries/{entryId}/recuse', {
              params: { path: { id: desk.challengeId, entryId } },
              body: { reason },
            }),
          );
          await refresh();
          showToast(t('recuse.done'));
        }}
      />
    </>
  );
}
