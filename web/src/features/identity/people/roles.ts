import type { Role } from '../api';

/** Every role, in the order of filters. */
export const allRoles: Role[] = [
  'admin',
  'manager',
  'official',
  'translator',
  'chair',
  'juror',
  'auditor',
  'team_owner',
  'team_submitter',
  'team_editor',
  'team_viewer',
];

/** Where a role that an admin gives can hold. Roles in a team are the team's. */
export const placeOf: Partial<Record<Role, 'installation' | 'city' | 'contest'>> = {
  official: 'city',
  translator: 'city',
  juror: 'contest',
  chair: 'contest',
  auditor: 'contest',
  manager: 'installation',
  admin: 'installation',
};

/** Roles that an admin gives, in the order of the choice. */
export const givenRoles = Object.keys(placeOf) as Role[];
