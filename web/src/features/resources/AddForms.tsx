import { useRef, useState } from 'preact/hooks';
import { api, idempotencyKey, ok } from '~/api/client';
import { Disclosure } from '~/components/Disclosure';
import { describedBy, Field, idOf } from '~/components/Field';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { keep, maxSize, sendFile } from './api';
import { messages } from './messages';

/** Attaches a file: its title in the reader's language, and the file. */
export function AddFile({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [file, setFile] = useState<File>();
  const input = useRef<HTMLInputElement>(null);
  const form = useForm({
    id: `resource-file-${challenge}`,
    initial: { fileTitle: '', file: '' },
    failed: t('failed'),
    serverNames: { title: 'fileTitle', [`title.${language}`]: 'fileTitle', name: 'file', size: 'file' },
    check: (v) => ({
      fileTitle: v.fileTitle.trim() ? undefined : t('field.missing', { field: t('field.title') }),
      file: !file
        ? t('field.missing', { field: t('field.file') })
        : file.size > maxSize
          ? t('file.large')
          : undefined,
    }),
    submit: async (v, key) => {
      if (!file) return;
      await sendFile(challenge, { [language]: v.fileTitle.trim() }, file, key);
      form.reset({ fileTitle: '', file: '' });
      setFile(undefined);
      if (input.current) input.current.value = '';
      showToast(t('file.added'));
    },
  });
  const props = {
    name: 'file',
    label: t('field.file'),
    hint: t('file.hint'),
    error: form.errors?.fields.file,
  };
  return (
    <Disclosure summary={t('file.add')}>
      <Form form={form}>
        <TextInput {...form.field('fileTitle')} label={t('field.title')} hint={t('field.title.hint')} />
        <Field {...props}>
          <input
            ref={input}
            id={idOf('file')}
            type="file"
            aria-invalid={props.error ? true : undefined}
            aria-describedby={describedBy('file', props.hint, props.error)}
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </Field>
        <SubmitButton busy={form.busy}>{t('file.submit')}</SubmitButton>
      </Form>
    </Disclosure>
  );
}

/** Attaches a link. */
export function AddLink({ challenge }: { challenge: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `resource-link-${challenge}`,
    initial: { linkTitle: '', url: '' },
    failed: t('failed'),
    serverNames: { title: 'linkTitle', [`title.${language}`]: 'linkTitle' },
    check: (v) => ({
      linkTitle: v.linkTitle.trim() ? undefined : t('field.missing', { field: t('field.title') }),
      url: /^https:\/\/[^/\s]/.test(v.url.trim()) ? undefined : t('link.bad'),
    }),
    submit: async (v, key) => {
      const list = await ok(
        api.POST('/manage/challenges/{id}/resources/links', {
          params: { path: { id: challenge } },
          headers: idempotencyKey(key),
          body: { title: { [language]: v.linkTitle.trim() }, url: v.url.trim() },
        }),
      );
      form.reset({ linkTitle: '', url: '' });
      keep(challenge, list);
      showToast(t('link.added'));
    },
  });
  return (
    <Disclosure summary={t('link.add')}>
      <Form form={form}>
        <TextInput {...form.field('linkTitle')} label={t('field.title')} hint={t('field.title.hint')} />
        <TextInput {...form.field('url')} type="url" label={t('link.address')} hint={t('link.hint')} />
        <SubmitButton busy={form.busy}>{t('link.submit')}</SubmitButton>
      </Form>
    </Disclosure>
  );
}
