package openings

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/audit"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/record"
	"fieldtrial/internal/seen"
)

// OfEntry gives a team what opens its own reviews, and the entry's reference. Only after the release,
// and only of what counted at the last lock.
func (s *Service) OfEntry(ctx context.Context, actor authz.Actor, id uuid.UUID) ([]byte, string, error) {
	q := s.db.Pool()
	var challenge, team uuid.UUID
	out := audit.Openings{Format: audit.OpeningsFormat, Entry: id.String(), Reviews: []audit.OpenedReview{}}
	err := q.QueryRow(ctx, `select challenge_id, team_id, reference from entries where id = $1`, id).Scan(&challenge, &team, &out.Reference)
	if database.NotFound(err) {
		return nil, "", fault.ErrNotFound
	}
	if err != nil {
		return nil, "", err
	}
	if err := actor.Require(authz.SeeEntry, authz.Scope{Team: team, Entry: id}); err != nil {
		return nil, "", err
	}
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return nil, "", err
	}
	if c.ReleasedAt == nil {
		return nil, "", ErrNotReleased
	}
	r, err := s.lastRound(ctx, challenge)
	if err != nil {
		return nil, "", err
	}
	if !slices.Contains(r.entries, id) {
		return nil, "", fault.ErrNotFound // never judged
	}
	out.Round = r.receipt
	all := commitments(r.reviews)
	for _, each := range r.reviews {
		if each.entry != id {
			continue
		}
		place, path, err := record.ProveRound(all, each.commitment)
		if err != nil {
			return nil, "", err
		}
		out.Reviews = append(out.Reviews, audit.OpenedReview{Opening: opening(each), Place: place, Path: audit.Path(path)})
	}
	// By place, that is by a hash: the order in which they were written would tell who wrote them.
	slices.SortFunc(out.Reviews, func(a, b audit.OpenedReview) int { return int(a.Place - b.Place) })
	if out.Mean, err = audit.Mean(out); err != nil {
		return nil, "", err
	}
	b, err := audit.Marshal(out)
	return b, out.Reference, err
}

func opening(r review) audit.Opening {
	return audit.Opening{Salt: base64.StdEncoding.EncodeToString(r.salt), Payload: r.payload}
}

// Bundle gives a contest's auditor every review that the last lock committed to, and the challenge's
// slug. Who must not see one of the entries gets nothing: a bundle with a gap shows nothing. Taking it
// is noted for each entry.
func (s *Service) Bundle(ctx context.Context, actor authz.Actor, challenge uuid.UUID) ([]byte, string, error) {
	q := s.db.Pool()
	c, err := contest.Load(ctx, q, challenge)
	if err != nil {
		return nil, "", err
	}
	if err := actor.Require(authz.Audit, c.Scope()); err != nil {
		return nil, "", err
	}
	if c.LockedAt == nil {
		return nil, "", ErrNotLocked
	}
	r, err := s.lastRound(ctx, challenge)
	if err != nil {
		return nil, "", err
	}
	if slices.ContainsFunc(r.entries, func(e uuid.UUID) bool { return actor.Excluded[e] }) {
		return nil, "", fault.ErrNotFound
	}
	stand, err := jury.Stand(ctx, q, authz.System, c)
	if err != nil {
		return nil, "", err
	}
	out := audit.Bundle{Format: audit.BundleFormat, Round: r.receipt, Ranking: r.ranking, Jurors: []audit.Juror{}, Reviews: []audit.SeatedReview{}, Entries: places(stand)}
	if out.Jurors, err = s.jurors(ctx, r.reviews); err != nil {
		return nil, "", err
	}
	for _, each := range r.reviews {
		out.Reviews = append(out.Reviews, audit.SeatedReview{Seat: each.seat, Opening: opening(each)})
	}
	if out.Pitch, err = s.pitched(ctx, c); err != nil {
		return nil, "", err
	}
	if out.Result, err = s.result(ctx, challenge); err != nil {
		return nil, "", err
	}
	if err := seen.Note(ctx, q, actor, c.Scope(), seen.Review, nil, r.entries...); err != nil {
		return nil, "", err
	}
	b, err := audit.Marshal(out)
	return b, c.Slug, err
}

func (s *Service) jurors(ctx context.Context, reviews []review) ([]audit.Juror, error) {
	seats := []uuid.UUID{}
	for _, r := range reviews {
		seats = append(seats, r.seat)
	}
	rows, err := s.db.Pool().Query(ctx, `select id, pseudonym from seats where id = any($1) order by id`, seats)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []audit.Juror{}
	for rows.Next() {
		var j audit.Juror
		if err := rows.Scan(&j.Seat, &j.Pseudonym); err != nil {
			return nil, err
		}
		out = append(out, j)
	}
	return out, rows.Err()
}

// result is the receipt of the published results, nil before they are signed.
func (s *Service) result(ctx context.Context, challenge uuid.UUID) (json.RawMessage, error) {
	b, err := s.latest(ctx, record.KindResultPublished, challenge)
	if errors.Is(err, fault.ErrNotFound) || errors.Is(err, record.ErrPending) {
		return nil, nil
	}
	return b, err
}

// latest is the receipt of the last act of a kind; record.ErrPending until it is signed.
func (s *Service) latest(ctx context.Context, kind record.Kind, challenge uuid.UUID) (json.RawMessage, error) {
	leaf, err := record.LeafOf(ctx, s.db, kind, challenge.String())
	if err != nil {
		return nil, err
	}
	return record.ReadReceipt(ctx, s.db, leaf)
}

// pitched is the challenge's pitch round, nil where none was locked.
func (s *Service) pitched(ctx context.Context, c contest.Challenge) (*audit.Pitch, error) {
	q := s.db.Pool()
	body, err := pitch.Sealed(ctx, q, c.ID)
	if err != nil || body == "" {
		return nil, err
	}
	stand, err := pitch.Stand(ctx, q, authz.System, c)
	if err != nil {
		return nil, err
	}
	out := &audit.Pitch{Result: body, Entries: places(stand)}
	for receipt, kind := range map[*json.RawMessage]record.Kind{&out.Rules: record.KindPitchRules, &out.Shortlist: record.KindPitchNamed, &out.Lock: record.KindPitchLocked} {
		if *receipt, err = s.latest(ctx, kind, c.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func places(stand jury.Standing) []audit.Place {
	out := make([]audit.Place, len(stand.Rows))
	for i, row := range stand.Rows {
		out[i] = audit.Place{Entry: row.Entry, Reference: row.Summary.Reference, Rank: row.Rank}
	}
	return out
}
