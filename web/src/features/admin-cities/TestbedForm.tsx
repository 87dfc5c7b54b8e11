import { useState } from 'preact/hooks';
import { Checkbox } from '~/components/Checkbox';
import { Form } from '~/components/Form';
import { languageTabs } from '~/components/language-tabs';
import { SubmitButton } from '~/components/SubmitButton';
import { Tabs } from '~/components/Tabs';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { type Language, languages } from '~/i18n/languages';
import type { LocalText } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import { useForm, type Values } from '~/lib/use-form';
import type { Testbed } from './api';
import { messages } from './messages';

const gifts = ['place', 'devices', 'data', 'apis'] as const;
const texts = ['name', 'summary', ...gifts] as const;
type TextName = (typeof texts)[number];

/** What the form gives to be sent. */
export type TestbedWords = {
  name: LocalText;
  summary: LocalText;
  gives: Partial<Record<(typeof gifts)[number], LocalText>>;
  provider: string;
  partner: string;
  capacity: number;
  open: boolean;
};

type Props = {
  id: string;
  /** Language that is shown first: the city's. */
  first: Language;
  bed?: Testbed;
  send: (words: TestbedWords, key: string) => Promise<void>;
};

/** What a testbed is and gives, in three languages. */
export function TestbedForm({ id, first, bed, send }: Props) {
  const t = useMessages(messages);
  const [lang, setLang] = useState<Language>(first);
  const field = (name: TextName, each: Language) => `${name}_${each}`;
  const before = (name: TextName): LocalText => {
    if (!bed) return {};
    return name === 'name' || name === 'summary' ? bed[name] : (bed.gives[name] ?? {});
  };
  const initial: Values = {
    provider: bed?.provider ?? '',
    partner: bed?.partner ?? '',
    capacity: String(bed?.capacity ?? 1),
    open: bed?.open ?? true,
  };
  const serverNames: Record<string, string> = { name: field('name', first) };
  for (const name of texts) {
    for (const each of languages) {
      initial[field(name, each)] = before(name)[each] ?? '';
      serverNames[`${name}.${each}`] = field(name, each);
      serverNames[`gives.${name}.${each}`] = field(name, each);
    }
  }
  const form = useForm<Values>({
    id,
    initial,
    serverNames,
    failed: t('testbed.failed'),
    check: (v) =>
      languages.some((each) => String(v[field('name', each)]).trim())
        ? {}
        : { [field('name', first)]: t('missing', { field: t('testbed.name') }) },
    submit: async (v, key) => {
      const local = (name: TextName): LocalText =>
        Object.fromEntries(
          languages
            .map((each) => [each, String(v[field(name, each)] ?? '').trim()])
            .filter(([, text]) => text),
        );
      await send(
        {
          name: local('name'),
          summary: local('summary'),
          gives: Object.fromEntries(gifts.map((each) => [each, local(each)])),
          provider: String(v.provider ?? '').trim(),
          partner: String(v.partner ?? '').trim(),
          capacity: Number(v.capacity),
          open: v.open === true,
        },
        key,
      );
    },
  });
  return (
    <Form form={form}>
      <Tabs
        label={t('testbed.languages')}
        tabs={languageTabs()}
        chosen={lang}
        onChoose={(each) => setLang(each as Language)}
      >
        <div class="stack">
          <TextInput
            {...form.field(field('name', lang))}
            label={t('testbed.name')}
            lang={lang}
            optional={lang !== first}
          />
          <TextArea
            {...form.field(field('summary', lang))}
            label={t('testbed.summary')}
            hint={t('testbed.summary.hint')}
            lang={lang}
            optional
          />
          {gifts.map((each) => (
            <TextArea
              key={each}
              {...form.field(field(each, lang))}
              label={t(`testbed.${each}`)}
              lang={lang}
              rows={2}
              optional
            />
          ))}
        </div>
      </Tabs>
      <TextInput
        {...form.field('provider')}
        label={t('testbed.provider')}
        hint={t('testbed.provider.hint')}
        optional
      />
      <TextInput {...form.field('partner')} label={t('testbed.partner')} optional />
      <TextInput
        {...form.field('capacity')}
        type="number"
        inputMode="numeric"
        min="1"
        max="1000"
        short
        label={t('testbed.capacity')}
      />
      <Checkbox {...form.box('open')} label={t('testbed.open')} bare />
      <SubmitButton busy={form.busy}>{t('testbed.save')}</SubmitButton>
    </Form>
  );
}
