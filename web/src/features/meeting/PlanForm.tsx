import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type Meeting, type Presence, savePlan } from './api';
import { messages } from './messages';
import { capacity } from './PeopleList';

const kinds = ['present', 'remote', 'left', 'excused', 'absent'] as const;

/** Place, quorum and who is there; until the meeting is closed, for people come late and go early. */
export function PlanForm({ meeting }: { meeting: Meeting }) {
  const t = useMessages(messages);
  const field = (id: string) => `person-${id}`;
  const form = useForm<Record<string, string>>({
    id: `meeting-${meeting.challengeId}-${meeting.version}`,
    initial: {
      venue: meeting.place,
      secretary: meeting.secretary,
      quorum: String(meeting.quorum),
      language: meeting.language,
      guests: meeting.guests,
      remarks: meeting.notes,
      ...Object.fromEntries(meeting.people.map((each) => [field(each.personId), each.presence])),
    },
    serverNames: { place: 'venue', notes: 'remarks' },
    failed: t('failed'),
    check: (v) => ({ quorum: Number(v.quorum) >= 1 ? undefined : t('quorum.wrong') }),
    submit: async (v) => {
      await savePlan(meeting, {
        place: v.venue ?? '',
        secretary: v.secretary ?? '',
        quorum: Number(v.quorum),
        language: v.language as Language,
        guests: v.guests ?? '',
        notes: v.remarks ?? '',
        people: meeting.people.map((each) => ({
          personId: each.personId,
          presence: v[field(each.personId)] as Presence,
        })),
      });
      showToast(t('saved'));
    },
  });
  /** Most are there as a rule: whoever is not is set apart by hand. */
  const everybody = () => {
    for (const each of meeting.people) form.set(field(each.personId), 'present');
  };
  return (
    <Form form={form}>
      <fieldset class="field">
        <legend class="label">{t('people')}</legend>
        <p>
          <Button kind="link" onClick={everybody}>
            {t('people.all')}
          </Button>
        </p>
        <div class="meeting-grid">
          {meeting.people.map((each) => (
            <Select
              key={each.personId}
              {...form.field(field(each.personId))}
              bare
              label={`${each.name} (${t(`capacity.${capacity(each)}`)})`}
              options={kinds.map((kind) => ({ value: kind, label: t(`presence.${kind}`) }))}
            />
          ))}
        </div>
      </fieldset>
      <div class="meeting-grid">
        <TextInput
          {...form.field('quorum')}
          type="number"
          min="1"
          short
          label={t('quorum')}
          hint={t('quorum.hint', { n: meeting.members })}
        />
        <Select
          {...form.field('language')}
          bare
          label={t('language')}
          options={languages.map((each) => ({ value: each, label: languageNames[each], lang: each }))}
        />
        <TextInput {...form.field('venue')} label={t('place')} optional />
        <TextInput {...form.field('secretary')} label={t('secretary')} optional />
      </div>
      <TextArea {...form.field('guests')} label={t('guests')} hint={t('guests.hint')} optional rows={2} />
      <TextArea {...form.field('remarks')} label={t('remarks')} optional rows={2} lang={meeting.language} />
      <SubmitButton busy={form.busy}>{t('save')}</SubmitButton>
    </Form>
  );
}
