import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { AppFactor } from './AppFactor';
import { useFactors } from './api';
import { Codes } from './Codes';
import { Devices } from './Devices';
import { messages } from './messages';
import { Passkeys } from './Passkeys';
import { RecoveryCodes } from './RecoveryCodes';

/** How one gets into one's account: authenticator app, passkeys, recovery codes, open sessions. */
export default function SecurityPage() {
  const t = useMessages(messages);
  const query = useFactors();
  const [codes, setCodes] = useState<string[]>([]);
  return (
    <QueryView query={query} page>
      {(factors) => (
        <Page title={t('security.title')} lead={<p>{t('security.lead')}</p>} narrow>
          {factors.missing ? (
            <Notice tone="warning" title={t('missing.title')}>
              <p>{t(factors.totpSince || factors.passkeys.length > 0 ? 'missing.again' : 'missing.text')}</p>
            </Notice>
          ) : null}
          {codes.length > 0 ? <Codes codes={codes} onDone={() => setCodes([])} /> : null}
          <AppFactor factors={factors} onCodes={setCodes} />
          <Passkeys factors={factors} onCodes={setCodes} />
          <RecoveryCodes factors={factors} onCodes={setCodes} />
          <Devices />
          <p>
            <Link href="/account/log">{t('log.link')}</Link>
          </p>
        </Page>
      )}
    </QueryView>
  );
}
