import type { Tone } from '~/components/Notice';
import type { ScreeningState } from './api';

/** How a state is coloured beside its word. */
export const tones: Partial<Record<ScreeningState, Tone>> = {
  passed: 'success',
  failed: 'danger',
  correcting: 'info',
  corrected: 'warning',
};
