import type { components } from '~/api/schema';
import type { Tone } from '~/components/Notice';

export type EntryStage = components['schemas']['EntryStage'];

/** How loud each stage is; what is not here only informs. */
export const stageTones: Partial<Record<EntryStage['key'], Tone>> = {
  draft: 'warning',
  changes_not_submitted: 'warning',
  correction: 'warning',
  submitted: 'success',
  awarded: 'success',
  missed: 'danger',
  failed_screening: 'danger',
};
