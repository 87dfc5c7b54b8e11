import { expect, it, vi } from 'vitest';
import { ProblemError } from '~/api/problem';
import { useForm } from '~/lib/use-form';
import { settle, show, type } from '~/test/show';
import { Form } from './Form';
import { SubmitButton } from './SubmitButton';
import { TextInput } from './TextInput';

type Send = (values: { email: string; password: string }, key: string) => Promise<void>;

function Example({ send, strict, again }: { send: Send; strict?: boolean; again?: boolean }) {
  const form = useForm({
    id: 'example',
    initial: { email: '', password: '' },
    secret: ['password'],
    check: (values) => (strict && !values.email ? { email: 'Enter an address.' } : {}),
    submit: async (values, key) => {
      await send(values, key);
      if (again) form.reset({ email: '', password: '' });
    },
    failed: 'It failed.',
  });
  return (
    <Form form={form}>
      <TextInput {...form.field('email')} label="E-mail" />
      <TextInput {...form.field('password')} label="Password" type="password" />
      <SubmitButton busy={form.busy}>Go</SubmitButton>
    </Form>
  );
}

const field = (root: HTMLElement, id: string) => {
  const found = root.querySelector<HTMLInputElement>(`#f-${id}`);
  if (!found) throw new Error(`no field ${id}`);
  return found;
};
const send = async (root: HTMLElement) => {
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settle();
};

it('focuses a summary that links to each field, and says the same at the field', async () => {
  const root = await show(<Example send={async () => {}} strict />);
  await send(root);
  const summary = root.querySelector('.error-summary');
  expect(document.activeElement).toBe(summary);
  expect(summary?.textContent).toContain('There is a problem');
  const link = summary?.querySelector('a');
  expect(link?.getAttribute('href')).toBe('#f-email');
  link?.click();
  expect(document.activeElement).toBe(field(root, 'email'));
  expect(field(root, 'email').getAttribute('aria-invalid')).toBe('true');
  expect(root.querySelector('#f-email-error')?.textContent).toContain('Enter an address.');
  expect(field(root, 'email').getAttribute('aria-describedby')).toContain('f-email-error');
});

it('takes the focus again on the next failed try', async () => {
  const root = await show(<Example send={async () => {}} strict />);
  await send(root);
  field(root, 'email').focus();
  await send(root);
  expect(document.activeElement).toBe(root.querySelector('.error-summary'));
});

it('puts the faults that the server names at their fields', async () => {
  const problem = new ProblemError(422, 'request.invalid', 'x', { email: 'Taken.' }, 'req_1', {});
  const root = await show(<Example send={() => Promise.reject(problem)} />);
  await send(root);
  expect(root.querySelector('#f-email-error')?.textContent).toContain('Taken.');
  expect(root.querySelector('.error-list')?.textContent).toBe('E-mail: Taken.');
});

it('shows a problem without fields with its reference', async () => {
  const problem = new ProblemError(500, 'request.internal', 'Our fault.', {}, 'req_9', {});
  const root = await show(<Example send={() => Promise.reject(problem)} />);
  await send(root);
  expect(root.querySelector('.error-summary')?.textContent).toMatch(/Our fault\..*req_9/);
});

it('keeps what was typed, but no password', async () => {
  const first = await show(<Example send={async () => {}} />);
  type(field(first, 'email'), 'ana@example.org');
  type(field(first, 'password'), 'correct horse');
  await settle();
  expect(JSON.stringify(sessionStorage)).not.toContain('horse');
  const second = await show(<Example send={async () => {}} />);
  expect(field(second, 'email').value).toBe('ana@example.org');
  expect(field(second, 'password').value).toBe('');
});

it('sends a deed once, with one key until the values change', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const keys: string[] = [];
  let release = () => {};
  const root = await show(
    <Example
      send={async (_, key) => {
        keys.push(key);
        await new Promise<void>((_, refuse) => {
          release = () => refuse(new Error('gone'));
        });
      }}
    />,
  );
  await send(root);
  await send(root);
  expect(keys).toHaveLength(1);
  expect(root.querySelector('button')?.disabled).toBe(false);
  release();
  await settle();
  await send(root);
  expect(keys[1]).toBe(keys[0]);
  release();
  await settle();
  type(field(root, 'email'), 'other');
  await settle();
  await send(root);
  expect(keys[2]).not.toBe(keys[0]);
  release();
  await settle();
});

it('empties a form that is there for the next one, but for what was typed since it was sent', async () => {
  let arrive = () => {};
  const answer = () => new Promise<void>((resolve) => (arrive = resolve));
  const root = await show(<Example send={answer} again />);
  type(field(root, 'email'), 'first@example.org');
  await settle();
  await send(root);
  arrive();
  await settle();
  expect(field(root, 'email').value).toBe('');
  type(field(root, 'email'), 'second@example.org');
  await settle();
  await send(root);
  type(field(root, 'email'), 'third@example.org');
  await settle();
  arrive();
  await settle();
  expect(field(root, 'email').value).toBe('third@example.org');
  expect(JSON.stringify(sessionStorage)).toContain('third');
});
