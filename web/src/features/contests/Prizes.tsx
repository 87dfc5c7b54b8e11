import { Button } from '~/components/Button';
import { Select } from '~/components/Select';
import { TextInput } from '~/components/TextInput';
import type { Language } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import type { Prize } from './api';
import { messages } from './messages';

type Props = { prizes: Prize[]; onPrizes: (prizes: Prize[]) => void; language: Language };

const kinds = ['testbed', 'travel', 'meeting', 'other'] as const;
const regions = ['EU', 'JP', 'other'] as const;

/** The prizes of a contest: kind, region and text, in the language in front. */
export function Prizes({ prizes, onPrizes, language }: Props) {
  const t = useMessages(messages);
  const change = (at: number, to: Partial<Prize>) =>
    onPrizes(prizes.map((prize, each) => (each === at ? { ...prize, ...to } : prize)));
  return (
    <fieldset class="field">
      <legend class="label">{t('prizes')}</legend>
      {prizes.length === 0 ? <p class="muted">{t('prizes.none')}</p> : null}
      {prizes.map((prize, at) => (
        <div key={at} class="stack contest-prize">
          <TextInput
            name={`prize-${at}`}
            label={t('prize.text', { n: at + 1, language: t(`lang.${language}`) })}
            value={prize.text[language] ?? ''}
            onValue={(value) => change(at, { text: { ...prize.text, [language]: value } })}
            lang={language}
            bare
          />
          <Select
            name={`prize-kind-${at}`}
            label={t('prize.kind')}
            bare
            value={prize.kind}
            onValue={(value) => change(at, { kind: value as Prize['kind'] })}
            options={kinds.map((value) => ({ value, label: t(`prize.kind.${value}`) }))}
          />
          <Select
            name={`prize-region-${at}`}
            label={t('prize.region')}
            bare
            value={prize.region ?? ''}
            onValue={(value) => change(at, { region: (value || undefined) as Prize['region'] })}
            empty={t('prize.region.none')}
            options={regions.map((value) => ({ value, label: t(`region.${value}`) }))}
          />
          <p>
            <Button onClick={() => onPrizes(prizes.filter((_, each) => each !== at))}>
              {t('prize.remove', { n: at + 1 })}
            </Button>
          </p>
        </div>
      ))}
      <p>
        <Button onClick={() => onPrizes([...prizes, { kind: 'testbed', text: {} }])}>{t('prize.add')}</Button>
      </p>
    </fieldset>
  );
}
