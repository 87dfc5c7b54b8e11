import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';

export type OpenData = components['schemas']['OpenData'];
export type Dataset = components['schemas']['OpenDataset'];

/** What is open to other programs. */
export function useOpenData() {
  return useQuery({ queryKey: ['open-data'], queryFn: () => ok(api.GET('/open-data')) });
}
