import { encode } from 'uqr';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import './account.css';
import { refreshAccount } from './api';
import { messages } from './messages';

type Props = { offer: components['schemas']['TotpOffer']; onDone: (codes: string[]) => void };

/** The secret as a picture and as text, and the code that shows that the app has it. */
export function AppSetup({ offer, onDone }: Props) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'totp',
    initial: { code: '' },
    secret: ['code'],
    failed: t('failed'),
    check: (v) => ({ code: v.code.trim() ? undefined : t('app.code.missing') }),
    submit: async (v) => {
      const { codes } = await proved(() =>
        ok(api.POST('/me/totp', { body: { ticket: offer.ticket, code: v.code } })),
      );
      await refreshAccount();
      showToast(t('app.done'));
      onDone(codes);
    },
  });
  return (
    <>
      <ol class="stack">
        <li>
          <p>{t('app.scan')}</p>
          <QrCode text={offer.url} label={t('app.qr')} />
        </li>
        <li>
          <p>
            {t('app.type')}
            <code class="secret-key">{offer.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </p>
        </li>
        <li>{t('app.then')}</li>
      </ol>
      <Form form={form}>
        <TextInput
          {...form.field('code')}
          label={t('app.code')}
          hint={t('app.code.hint')}
          autocomplete="one-time-code"
          inputMode="numeric"
          spellcheck={false}
          short
          bare
        />
        <SubmitButton busy={form.busy}>{t('app.confirm')}</SubmitButton>
      </Form>
    </>
  );
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
