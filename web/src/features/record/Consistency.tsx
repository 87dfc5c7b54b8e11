import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Notice } from '~/components/Notice';
import { TextInput } from '~/components/TextInput';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Verdict } from './consistency';
import { messages } from './messages';

type Props = { verifierKey: string; newest: number; before: number };
type Asked = { from: number; to: number; verdict?: Verdict; failure?: string };

/** Asks whether one checkpoint only adds to another one, and checks the answer on this device. */
export function Consistency({ verifierKey, newest, before }: Props) {
  const t = useMessages(messages);
  const [from, setFrom] = useState(`${before}`);
  const [to, setTo] = useState(`${newest}`);
  const [asked, setAsked] = useState<Asked>();
  const [busy, setBusy] = useState(false);

  const check = async () => {
    const [older, later] = [Number(from), Number(to)].sort((a, b) => a - b) as [number, number];
    const whole = older >= 1 && Number.isInteger(older) && Number.isInteger(later);
    if (!whole) return setAsked({ from: older, to: later, verdict: { state: 'missing' } });
    setBusy(true);
    try {
      const { consistent } = await import('./consistency');
      setAsked({ from: older, to: later, verdict: await consistent(verifierKey, older, later) });
    } catch (failure) {
      const said = failure instanceof ProblemError ? failure.message : t('between.failed');
      setAsked({ from: older, to: later, failure: said });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <div class="record-between">
        <TextInput
          name="from"
          label={t('between.from')}
          value={from}
          onValue={setFrom}
          inputMode="numeric"
          short
          bare
        />
        <TextInput
          name="to"
          label={t('between.to')}
          value={to}
          onValue={setTo}
          inputMode="numeric"
          short
          bare
        />
      </div>
      <p class="actions">
        <Button type="submit" kind="outline" aria-busy={busy}>
          {t('between.check')}
        </Button>
      </p>
      <div role="status">{asked ? <Answer {...asked} /> : null}</div>
    </form>
  );
}

const tones = {
  sound: 'success',
  broken: 'danger',
  missing: 'warning',
  unsigned: 'warning',
  unsupported: 'warning',
} as const;

function Answer({ from, to, verdict, failure }: Asked) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (!verdict) return <p class="error-text">{failure}</p>;
  const values = { from: number(from, language), to: number(to, language) };
  return (
    <Notice tone={tones[verdict.state]} title={t(`between.${verdict.state}`, values)}>
      <p>{t(`between.${verdict.state}.text`)}</p>
      {verdict.state === 'sound' ? (
        <p>
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(verdict.file)}`}
            download={`consistency-${from}-${to}.txt`}
          >
            {t('between.save')}
          </a>
        </p>
      ) : null}
    </Notice>
  );
}
