import { CityMark } from '~/components/CityMark';
import { date } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Trial } from './api';
import { messages } from './messages';

/** Testbed, city and days of an awarded stay. */
export function TrialFacts({ trial }: { trial: Trial }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const testbed = textIn(trial.testbed, language);
  const day = (iso: string) => <time dateTime={iso}>{date(new Date(iso), 'UTC', language)}</time>;
  return (
    <dl class="row-facts">
      <div>
        <dt>{t('testbed')}</dt>
        <dd lang={testbed.lang}>{testbed.text}</dd>
        <dd>
          <CityMark city={trial.city} />
        </dd>
      </div>
      <div>
        <dt>{t('slot')}</dt>
        <dd>
          {day(trial.startsOn)} – {day(trial.endsOn)}
        </dd>
      </div>
    </dl>
  );
}
