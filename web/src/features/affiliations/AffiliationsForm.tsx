import { useState } from 'preact/hooks';
import { ErrorSummary } from '~/components/ErrorSummary';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { Overtaken } from '~/features/overtaken/Overtaken';
import { partName } from '~/features/overtaken/part-name';
import { useMessages } from '~/i18n/use-messages';
import { refused } from '~/lib/refused';
import { showToast } from '~/lib/toast';
import { type Standing, useDraft } from '~/lib/use-draft';
import type { FormErrors } from '~/lib/use-form';
import { most, readStated, state } from './api';
import { messages } from './messages';

type Draft = { organisations: string };
type Stated = { data: { organisations: string[] }; etag: string };

const standing = ({ data, etag }: Stated): Standing<Draft> => ({
  value: { organisations: data.organisations.join('\n') },
  version: etag,
});

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The organisations, one a line; what another window saved meanwhile is shown beside what was typed here. */
export function AffiliationsForm({ challenge, stated }: { challenge: string; stated: Stated }) {
  const t = useMessages(messages);
  const editor = useDraft(`affiliations-${challenge}`, standing(stated));
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>();
  const typed = editor.draft.organisations;
  const save = async () => {
    if (busy) return;
    if (lines(typed).length > most) {
      const fields = { organisations: t('tooMany', { max: most }) };
      return setErrors((before) => ({ fields, attempt: (before?.attempt ?? 0) + 1 }));
    }
    setBusy(true);
    try {
      const saved = await editor.save(
        async (value, version) =>
          standing(await state(challenge, String(version), lines(value.organisations))),
        async () => standing(await readStated(challenge)),
      );
      setErrors(undefined);
      if (saved) showToast(t('saved'));
    } catch (error) {
      setErrors((before) => oneField(refused(error, before, t('failed'))));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="form"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {editor.overtaken ? (
        <Overtaken
          own
          found={editor.overtaken}
          nameOf={() => partName([t('field')])}
          say={(value) => lines(String(value)).join(' · ')}
          onTake={editor.take}
        />
      ) : null}
      {errors ? <ErrorSummary {...errors} /> : null}
      <TextArea
        name="organisations"
        label={t('field')}
        hint={t('hint', { max: most })}
        rows={5}
        optional
        value={typed}
        onValue={(organisations) => editor.setDraft({ organisations })}
        error={errors?.fields.organisations}
      />
      <SubmitButton busy={busy}>{t('save')}</SubmitButton>
    </form>
  );
}

/** A line that is too long is a fault of the one field that holds them all. */
function oneField(errors: FormErrors): FormErrors {
  const [fault] = Object.values(errors.fields);
  return fault === undefined ? errors : { ...errors, fields: { organisations: fault } };
}
