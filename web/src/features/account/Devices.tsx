import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import './account.css';
import { type Device, useDevices } from './api';
import { browserName } from './browser-name';
import { messages } from './messages';
import { useAct } from './use-act';

/** Where one is signed in: device, address, last use; end one or all others. */
export function Devices() {
  const t = useMessages(messages);
  const query = useDevices();
  const others = useAct(() => ok(api.POST('/me/sessions/end-others')), t('devices.othersEnded'));
  return (
    <section class="section" aria-labelledby="devices">
      <h2 id="devices">{t('devices.title')}</h2>
      <p>{t('devices.text')}</p>
      <QueryView query={query} loading="s">
        {({ items }) => (
          <>
            <ul class="factor-list">
              {items.map((device) => (
                <Line key={device.id} device={device} />
              ))}
            </ul>
            {others.error ? <ErrorState error={others.error} onRetry={others.run} /> : null}
            {items.length > 1 ? (
              <div class="actions">
                <Button kind="outline" onClick={others.run}>
                  {t('devices.endOthers')}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </QueryView>
    </section>
  );
}

function Line({ device }: { device: Device }) {
  const t = useMessages(messages);
  const { id } = device;
  const name = browserName(device.agent) || t('devices.unknown');
  const end = useAct(
    () => ok(api.DELETE('/me/sessions/{id}', { params: { path: { id } } })),
    t('devices.ended'),
  );
  return (
    <li>
      <div>
        <strong>{name}</strong> {device.current ? <Tag tone="success">{t('devices.this')}</Tag> : null}
        <p class="muted small">
          {t(`method.${device.method}`)}
          {device.factor && device.method !== 'passkey' ? ` ${t('devices.factor')}` : ''}
          {device.address ? (
            <>
              {' · '}
              <bdi>{device.address}</bdi>
            </>
          ) : null}
          <br />
          {t('devices.seen')}
          <When at={device.seenAt} />
        </p>
      </div>
      {device.current ? null : (
        <Button kind="link" aria-label={t('devices.end.label', { name })} onClick={end.run}>
          {t('devices.end')}
        </Button>
      )}
      {end.error ? <ErrorState error={end.error} onRetry={end.run} /> : null}
    </li>
  );
}
