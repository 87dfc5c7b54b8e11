import { ForbiddenPage } from '~/app/ForbiddenPage';
import { useMe } from '~/app/use-me';
import { Loading } from '~/components/Loading';
import { Page } from '~/components/Page';
import { Row, Rows } from '~/components/Rows';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Area = NonNullable<ReturnType<typeof useMe>>['areas'][number];

const places: {
  key:
    | 'kpi'
    | 'contests'
    | 'cities'
    | 'people'
    | 'claims'
    | 'mail'
    | 'jobs'
    | 'seen'
    | 'contacts'
    | 'breaches'
    | 'record';
  href: string;
  area: Area;
}[] = [
  { key: 'kpi', href: '/admin/kpi', area: 'kpi' },
  { key: 'contests', href: '/admin/contests', area: 'people' },
  { key: 'cities', href: '/admin/cities', area: 'admin' },
  { key: 'people', href: '/admin/people', area: 'people' },
  { key: 'claims', href: '/admin/claims', area: 'people' },
  { key: 'mail', href: '/admin/mail', area: 'outbox' },
  { key: 'jobs', href: '/admin/jobs', area: 'people' },
  { key: 'seen', href: '/admin/seen', area: 'people' },
  { key: 'contacts', href: '/manage/contacts', area: 'people' },
  { key: 'breaches', href: '/admin/breaches', area: 'people' },
  { key: 'record', href: '/record', area: 'admin' },
];

/** Where an admin begins. */
export default function AdminPage() {
  const t = useMessages(messages);
  const me = useMe();
  if (!me) return <Loading size="l" />;
  const mine = places.filter((place) => me.areas.includes(place.area));
  if (mine.length === 0) return <ForbiddenPage />;
  return (
    <Page title={t('admin.title')} narrow>
      <Rows>
        {mine.map((place) => (
          <Row key={place.key} href={place.href} title={t(`admin.${place.key}`)}>
            <p class="muted">{t(`admin.${place.key}.text`)}</p>
          </Row>
        ))}
      </Rows>
    </Page>
  );
}
