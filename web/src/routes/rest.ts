import { routes as account } from '~/features/account/routes';
import { routes as admin } from '~/features/admin/routes';
import { routes as adminCities } from '~/features/admin-cities/routes';
import { routes as affiliations } from '~/features/affiliations/routes';
import { routes as award } from '~/features/award/routes';
import { routes as calibration } from '~/features/calibration-round/routes';
import { routes as chair } from '~/features/chair/routes';
import { routes as contests } from '~/features/contests/routes';
import { routes as decide } from '~/features/decide/routes';
import { routes as entrant } from '~/features/entrant/routes';
import { routes as entry } from '~/features/entry/routes';
import { routes as formBuilder } from '~/features/form-builder/routes';
import { routes as formSheet } from '~/features/form-sheet/routes';
import { routes as gallery } from '~/features/gallery/routes';
import { routes as guide } from '~/features/guide/routes';
import { routes as identity } from '~/features/identity/routes';
import { routes as jury } from '~/features/jury/routes';
import { routes as kpi } from '~/features/kpi/routes';
import { routes as late } from '~/features/late/routes';
import { routes as manage } from '~/features/manage/routes';
import { routes as meeting } from '~/features/meeting/routes';
import { routes as numbers } from '~/features/numbers/routes';
import { routes as openData } from '~/features/open-data/routes';
import { routes as panel } from '~/features/panel/routes';
import { routes as pitch } from '~/features/pitch/routes';
import { routes as questions } from '~/features/questions/routes';
import { routes as record } from '~/features/record/routes';
import { routes as resources } from '~/features/resources/routes';
import { routes as rules } from '~/features/rules/routes';
import { routes as screening } from '~/features/screening/routes';
import { routes as seen } from '~/features/seen/routes';
import { routes as team } from '~/features/team/routes';
import { routes as translate } from '~/features/translate/routes';
import type { Route } from './route';

/** All pages but those of the first visit, in the order in which they are tried. */
export const routes: Route[] = [
  ...entry,
  ...entrant,
  ...panel,
  ...team,
  ...guide,
  ...gallery,
  ...openData,
  ...identity,
  ...account,
  ...kpi,
  ...admin,
  ...seen,
  ...adminCities,
  ...contests,
  ...record,
  ...rules,
  ...questions,
  ...late,
  ...screening,
  ...numbers,
  ...formBuilder,
  ...manage,
  ...formSheet,
  ...calibration,
  ...affiliations,
  ...jury,
  ...chair,
  ...pitch,
  ...meeting,
  ...decide,
  ...award,
  ...translate,
  ...resources,
];

// Who works by keyboard never loses the place. The pages of a first visit take nothing away.
const keepFocus = () => import('~/lib/keep-focus').then((found) => found.keepFocus());
addEventListener('keydown', keepFocus, { once: true });
