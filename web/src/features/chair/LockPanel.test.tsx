import { beforeEach, expect, test } from 'vitest';
import { Router } from 'wouter-preact';
import { loadCatalogue } from '~/i18n/catalogue';
import { show } from '~/test/show';
import type { Progress } from './api';
import { LockPanel } from './LockPanel';
import { messages } from './messages';

beforeEach(() => loadCatalogue(messages, 'en'));

const progress = (allowedActions: string[], lockedAt?: string) =>
  ({
    challengeId: 'c1',
    timeZone: 'UTC',
    jurors: [],
    reopened: 0,
    allowedActions,
    lockedAt,
    rounds: lockedAt ? [{ number: 1, reviews: 2, lockedAt, root: 'r' }] : [],
  }) as unknown as Progress;

const heading = async (of: Progress) =>
  (
    await show(
      <Router>
        <LockPanel progress={of} />
      </Router>,
    )
  ).querySelector('h2')?.textContent;

test('the heading says what is to be done, and afterwards what is', async () => {
  expect(await heading(progress(['jury.lock']))).toBe('Lock the scores');
  expect(await heading(progress([], '2026-01-01T00:00:00Z'))).toBe('Scores locked');
});
