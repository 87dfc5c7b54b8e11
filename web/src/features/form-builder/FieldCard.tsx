import { Button } from '~/components/Button';
import { Tag } from '~/components/Tag';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import type { Draft, FormDraft, FormField } from './draft';
import { FieldEditor } from './FieldEditor';
import { messages } from './messages';
import { type Acts, Moves } from './SectionCard';

type Props = {
  /** Place in the whole form: the server names faults by it. */
  at: number;
  field: FormField;
  draft: Draft;
  form: FormDraft;
  lang: Language;
  open: boolean;
  errors: Record<string, string>;
  act: Acts;
};

/** One question: what it is called and what it is, and its editor when it is open. */
export function FieldCard({ at, field, draft, form, lang, open, errors, act }: Props) {
  const t = useMessages(messages);
  const label = textIn(field.label as LocalText, lang, form.language);
  const name = label.text || t('field.new');
  return (
    <li class="builder-field">
      <h3 id={`field-${field.key}`} lang={label.text ? label.lang : undefined} dir="auto">
        {name}
      </h3>
      <p class="marks">
        <Tag>{t(`kind.${field.kind}`)}</Tag>
        {field.required ? <Tag tone="info">{t('tag.required')}</Tag> : null}
        {field.shownIf ? <Tag>{t('tag.shownIf')}</Tag> : null}
        {field.frozenAfter ? <Tag>{t('tag.frozen')}</Tag> : null}
        {field.identifying ? <Tag>{t('tag.identifying')}</Tag> : null}
        {field.jurySees ? null : <Tag tone="warning">{t('tag.hidden')}</Tag>}
        {field.demonstration ? <Tag>{t('tag.demonstration')}</Tag> : null}
      </p>
      <p class="builder-acts">
        <Button
          kind="link"
          aria-expanded={open}
          aria-label={t(open ? 'close.of' : 'edit.of', { name })}
          onClick={() => act.toggle(field.key)}
        >
          {t(open ? 'close' : 'edit')}
        </Button>
        <Moves id={field.key} name={name} onMove={(by) => act.move(field.key, by, name)} />
        <Button kind="link" aria-label={t('duplicate.of', { name })} onClick={() => act.duplicate(field.key)}>
          {t('duplicate')}
        </Button>
        <Button
          kind="link"
          aria-label={t('remove.of', { name })}
          onClick={() => act.leave({ kind: 'field', key: field.key, name })}
        >
          {t('remove')}
        </Button>
      </p>
      {open ? (
        <FieldEditor
          at={at}
          field={field}
          draft={draft}
          form={form}
          lang={lang}
          errors={errors}
          onChange={(part) => act.change(field.key, part)}
        />
      ) : null}
    </li>
  );
}
