package meeting

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/record"
)

// Call begins the discussion of an entry. Whoever is there and recused from it must have left the room:
// left says so, and is noted for each of them. uuid.Nil ends the discussion; everybody is back.
func (s *Service) Call(ctx context.Context, actor authz.Actor, challenge, entry uuid.UUID, left bool) (Meeting, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if entry == uuid.Nil {
			_, st, err := lead(tx, actor, challenge)
			if err != nil {
				return err
			}
			_, err = tx.Pgx().Exec(ctx, `update meetings set current_entry = null where id = $1`, st.ID)
			return err
		}
		c, st, _, err := leadEntry(tx, actor, challenge, entry)
		if err != nil {
			return err
		}
		r, err := readRoom(ctx, tx.Pgx(), c, st)
		if err != nil {
			return err
		}
		must := r.mustLeave(entry)
		if len(must) > 0 && !left {
			return ErrMustLeave
		}
		for _, p := range must {
			if err := leave(tx, st, entry, p.ID, ""); err != nil {
				return err
			}
		}
		_, err = tx.Pgx().Exec(ctx, `update meetings set current_entry = $2 where id = $1`, st.ID, entry)
		return err
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, actor, challenge)
}

func leave(tx database.Tx, st state, entry, person uuid.UUID, reason string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into meeting_away (meeting_id, entry_id, person_id, reason, left_at) values ($1,$2,$3,$4,$5)
		on conflict (meeting_id, entry_id, person_id) do nothing`, st.ID, entry, person, reason, now)
	return err
}

// Recuse takes somebody off an entry because of a conflict that was found in the meeting: the person
// leaves and does not see the entry any more. A review that was given stays on record, and in the ranking
// until the chair opens it again (jury.Reopen) and locks anew: then it does not count. What was voted with a
// member in the room who is recused now is voted again.
func (s *Service) Recuse(ctx context.Context, actor authz.Actor, challenge, entry, person uuid.UUID, reason string) (Meeting, error) {
	reason = strings.TrimSpace(reason)
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, st, _, err := leadEntry(tx, actor, challenge, entry)
		if err != nil {
			return err
		}
		r, err := readRoom(ctx, tx.Pgx(), c, st)
		if err != nil {
			return err
		}
		var check fault.Check
		check.That(reason != "", "/reason", "required")
		check.That(slices.ContainsFunc(r.people, func(p Person) bool { return p.ID == person }), "/personId", "unknown")
		if err := check.Err(); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := authz.Exclude(tx, person, entry, "recusal", reason); err != nil {
			return err
		}
		if err := leave(tx, st, entry, person, reason); err != nil {
			return err
		}
		if slices.ContainsFunc(r.people, func(p Person) bool { return p.ID == person && p.Member && p.Presence.Came() }) {
			if _, err := tx.Pgx().Exec(ctx, `update meeting_items set outcome = null, place = null, votes_for = 0, votes_against = 0, votes_abstain = 0,
				voters = null, needed = null, version = version + 1 where meeting_id = $1 and entry_id = $2 and outcome is not null`, st.ID, entry); err != nil {
				return err
			}
		}
		_, err = record.Put(tx, record.KindRecusal, c.RecordScope, entry, map[string]any{"challenge": c.ID, "entry": entry, "kind": "meeting", "time": record.Stamp(now)})
		return err
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, actor, challenge)
}

// Draft is what is written on one entry. Outcome is "" while it is pending.
type Draft struct {
	Outcome award.Outcome
	Place   int
	Reason  string
	Notes   string
	Votes   Votes
}

// SaveItem keeps what is written on an entry over the version it was typed over. A recommendation needs
// the quorum of those who may vote on it, without anybody in the room who is recused. One that was voted
// stays when people leave afterwards, and what is written beside it can still change.
func (s *Service) SaveItem(ctx context.Context, actor authz.Actor, challenge, entry uuid.UUID, version int, d Draft) (Meeting, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, st, p, err := leadEntry(tx, actor, challenge, entry)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.ErrStale
		}
		r, err := readRoom(ctx, tx.Pgx(), c, st)
		if err != nil {
			return err
		}
		voters, needed := p.voters, p.needed
		if !p.voted(d) || d.Outcome == "" {
			if err := checkItem(r, entry, d); err != nil {
				return err
			}
			voters, needed = r.vote(entry)
		}
		_, err = tx.Pgx().Exec(ctx, `update meeting_items set outcome = nullif($3, ''), place = nullif($4, 0), reason = $5, notes = $6,
			votes_for = $7, votes_against = $8, votes_abstain = $9, version = version + 1,
			voters = case when $3 <> '' then nullif($10, 0) end, needed = case when $3 <> '' then nullif($11, 0) end where meeting_id = $1 and entry_id = $2`,
			st.ID, entry, string(d.Outcome), d.Place, strings.TrimSpace(d.Reason), strings.TrimSpace(d.Notes), d.Votes.For, d.Votes.Against, d.Votes.Abstain, voters, needed)
		return err
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, actor, challenge)
}

func checkItem(r room, entry uuid.UUID, d Draft) error {
	voters, quorum := r.vote(entry)
	if d.Outcome != "" && len(r.mustLeave(entry)) > 0 {
		return ErrMustLeave
	}
	if d.Outcome != "" && voters < quorum {
		return ErrNoQuorum.With("present", voters).With("quorum", quorum)
	}
	var check fault.Check
	check.That(d.Outcome == "" || d.Outcome.Valid(), "/outcome", "not_a_choice")
	placed := d.Outcome == award.Winner || d.Outcome == award.Reserve
	check.That(!placed || d.Place > 0, "/place", "required")
	check.That(placed || d.Place == 0, "/place", "not_a_choice")
	check.That(d.Votes.For >= 0 && d.Votes.Against >= 0 && d.Votes.Abstain >= 0, "/votes", "too_small", "min", 0)
	check.That(d.Votes.cast() <= voters, "/votes", "too_large", "max", voters)
	// A recommendation is carried by more for it than against.
	check.That(d.Outcome == "" || d.Votes.For > d.Votes.Against, "/votes/for", "not_carried")
	return check.Err()
}
