import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Meeting = Schemas['Meeting'];
export type Item = Schemas['MeetingItem'];
export type Person = Schemas['MeetingPerson'];
export type Presence = Schemas['MeetingPresence'];
export type Outcome = Schemas['Outcome'];
export type Projector = Schemas['Projector'];
export type Shown = Schemas['ProjectorItem'];
type Plan = Schemas['MeetingPlan'];
type Draft = Schemas['MeetingItemDraft'];

const key = (id: string) => ['meeting', id];

/** The jury's meeting. Forms hold what is typed; it is read again after every act. */
export function useMeeting(id: string) {
  return useQuery({
    queryKey: key(id),
    queryFn: () => ok(api.GET('/manage/challenges/{id}/meeting', { params: { path: { id } } })),
  });
}

/** What the room may see, read again every few seconds: the chair works in another window. */
export function useProjector(id: string) {
  return useQuery({
    queryKey: ['projector', id],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/meeting/projector', { params: { path: { id } } })),
    refetchInterval: 3000,
    refetchIntervalInBackground: true,
  });
}

const over = (version: number) => ({ 'If-Match': `"${version}"` });
const at = (meeting: Meeting) => ({ path: { id: meeting.challengeId } });
const pinned = (meeting: Meeting) => ({ ...at(meeting), header: over(meeting.version) });

export async function savePlan(meeting: Meeting, body: Plan): Promise<void> {
  keep(await ok(api.PUT('/manage/challenges/{id}/meeting', { params: pinned(meeting), body })));
}

export async function open(meeting: Meeting): Promise<void> {
  keep(await ok(api.POST('/manage/challenges/{id}/meeting/open', { params: pinned(meeting) })));
}

/** Begins the discussion of an entry; without one, ends it. */
export async function call(meeting: Meeting, entryId?: string): Promise<void> {
  const body = { entryId, left: true };
  keep(await ok(api.POST('/manage/challenges/{id}/meeting/call', { params: at(meeting), body })));
}

export async function recuse(meeting: Meeting, body: Schemas['MeetingRecusal']): Promise<void> {
  keep(await ok(api.POST('/manage/challenges/{id}/meeting/recuse', { params: at(meeting), body })));
}

export async function saveItem(meeting: Meeting, item: Item, body: Draft): Promise<void> {
  const params = { ...at(meeting), header: over(item.version) };
  keep(await ok(api.PUT('/manage/challenges/{id}/meeting/item', { params, body })));
}

export async function close(meeting: Meeting): Promise<void> {
  keep(await ok(api.POST('/manage/challenges/{id}/meeting/close', { params: pinned(meeting) })));
}

/** Reads the meeting again. */
export function reload(id: string): Promise<void> {
  return queries.invalidateQueries({ queryKey: key(id) });
}

function keep(meeting: Meeting): void {
  queries.setQueryData(key(meeting.challengeId), meeting);
}
