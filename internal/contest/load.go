package contest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

const selectChallenge = `
	select c.id, c.contest_id, c.slug, k.record_scope, c.lead_city_id,
	       (select array_agg(cc.city_id order by cc.position) from challenge_cities cc where cc.challenge_id = c.id),
	       y.time_zone, c.language,
	       (select coalesce(jsonb_object_agg(t.language, t.title), '{}') from challenge_texts t
	        where t.challenge_id = c.id and t.title <> ''),
	       coalesce(c.opens_at, k.opens_at), coalesce(c.closes_at, k.closes_at),
	       coalesce(c.judging_ends_at, k.judging_ends_at), coalesce(c.results_at, k.results_at),
	       k.entry_languages, k.blind, k.bytes_grace_hours, coalesce(c.grace_minutes, k.grace_minutes), k.reviews_per_entry, k.official_order, c.calibration_counts, k.rehearsal, c.sample,
	       c.submitted_at, c.approved_at, c.published_at, c.assigned_at, c.locked_at, c.decided_at, c.released_at, c.extended_from,
	       k.archived_at, c.version
	from challenges c
	join contests k on k.id = c.contest_id
	join cities y on y.id = c.lead_city_id
	where c.id = $1`

// Load reads a challenge; fault.ErrNotFound when there is none.
func Load(ctx context.Context, q database.Queryer, id uuid.UUID) (Challenge, error) {
	return scanChallenge(ctx, q, selectChallenge, id)
}

// LockShared reads a challenge and holds its row FOR SHARE until the transaction ends: the deadline
// cannot move and the challenge cannot be closed meanwhile. It is always the first lock taken.
func LockShared(tx database.Tx, id uuid.UUID) (Challenge, error) {
	return scanChallenge(tx.Context(), tx.Pgx(), selectChallenge+" for share of c", id)
}

// LockExclusive is LockShared against everyone else: for acts on the challenge as a whole.
func LockExclusive(tx database.Tx, id uuid.UUID) (Challenge, error) {
	return scanChallenge(tx.Context(), tx.Pgx(), selectChallenge+" for update of c", id)
}

// IDBySlug finds a challenge by the name in its address, published or not.
func IDBySlug(ctx context.Context, q database.Queryer, slug string) (uuid.UUID, error) {
	var id uuid.UUID
	err := q.QueryRow(ctx, `select id from challenges where slug = $1`, slug).Scan(&id)
	if database.NotFound(err) {
		return uuid.Nil, fault.ErrNotFound
	}
	return id, err
}

func scanChallenge(ctx context.Context, q database.Queryer, sql string, id uuid.UUID) (Challenge, error) {
	var c Challenge
	var languages []byte
	var graceHours, graceMinutes int
	err := q.QueryRow(ctx, sql, id).Scan(&c.ID, &c.ContestID, &c.Slug, &c.RecordScope, &c.LeadCity, &c.Cities,
		&c.Zone, &c.Language, &c.Title, &c.Dates.Opens, &c.Dates.Closes, &c.Dates.JudgingEnds, &c.Dates.Results,
		&languages, &c.Blind, &graceHours, &graceMinutes, &c.ReviewsPerEntry, &c.Order, &c.CalibrationCounts, &c.Rehearsal, &c.Sample,
		&c.SubmittedAt, &c.ApprovedAt, &c.PublishedAt, &c.AssignedAt, &c.LockedAt, &c.DecidedAt, &c.ReleasedAt, &c.ExtendedFrom, &c.ArchivedAt, &c.Version)
	if database.NotFound(err) {
		return Challenge{}, fault.ErrNotFound
	}
	if err != nil {
		return Challenge{}, err
	}
	c.BytesGrace = time.Duration(graceHours) * time.Hour
	c.Grace = time.Duration(graceMinutes) * time.Minute
	c.EntryLanguages = []lang.Tag{}
	return c, json.Unmarshal(languages, &c.EntryLanguages)
}
