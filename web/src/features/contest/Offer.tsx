import { CityMark } from '~/components/CityMark';
import { LangText } from '~/components/LangText';
import { Markdown } from '~/components/Markdown';
import { date } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { ChallengeDetail } from './api';
import { messages } from './messages';

type Testbed = ChallengeDetail['testbeds'][number];

/** What a winner gets: prizes, and the testbeds with what is there and when. */
export function Offer({ challenge }: { challenge: ChallengeDetail }) {
  const t = useMessages(messages);
  return (
    <>
      {challenge.prizes.length > 0 ? (
        <section class="section" aria-labelledby="prizes">
          <h2 id="prizes">{t('challenge.prizes')}</h2>
          <div class="prose">
            <ul>
              {challenge.prizes.map((prize) => (
                <li key={prize.text.text}>
                  <LangText {...prize.text} />
                </li>
              ))}
            </ul>
          </div>
        </section>
      ) : null}
      {challenge.testbeds.length > 0 ? (
        <section class="section" aria-labelledby="testbeds">
          <h2 id="testbeds">{t('challenge.testbeds')}</h2>
          {challenge.testbeds.map((testbed) => (
            <TestbedCard key={testbed.id} testbed={testbed} />
          ))}
        </section>
      ) : null}
    </>
  );
}

function TestbedCard({ testbed }: { testbed: Testbed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  // A slot is a pair of days in its city; a day has no zone to convert.
  const day = (text: string) => date(new Date(`${text}T00:00:00Z`), 'UTC', language);
  const by = [testbed.provider, testbed.partner].filter(Boolean).join(' · ');
  return (
    <article class="panel">
      <div class="marks">
        {testbed.cities.map((city) => (
          <CityMark key={city.id} city={city} />
        ))}
      </div>
      <h3>
        <LangText {...testbed.name} />
      </h3>
      {by ? <p class="muted">{t('testbed.by', { partner: by })}</p> : null}
      <Markdown html={testbed.summaryHtml} lang={testbed.summaryLang} />
      <dl class="facts">
        {testbed.gives.map((gift) => (
          <div key={gift.kind}>
            <dt>{t(`gives.${gift.kind}`)}</dt>
            <dd class="plain">
              <LangText {...gift.text} />
            </dd>
          </div>
        ))}
        {testbed.slots.length > 0 ? (
          <div>
            <dt>{t('testbed.slots')}</dt>
            {testbed.slots.map((slot) => (
              <dd key={slot.id} class="plain">{`${day(slot.startsOn)} – ${day(slot.endsOn)}`}</dd>
            ))}
            <dd class="plain muted">{t('testbed.capacity', { n: testbed.capacity })}</dd>
          </div>
        ) : null}
      </dl>
    </article>
  );
}
