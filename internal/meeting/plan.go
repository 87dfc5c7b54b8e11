package meeting

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/pitch"
)

// Save keeps the plan and who is there over the version it was typed over. It can be done until the
// meeting is closed: people come late and go early.
func (s *Service) Save(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int, plan Plan, there map[uuid.UUID]Presence) (Meeting, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, st, err := lead(tx, actor, challenge)
		if err != nil {
			return err
		}
		if st.Version != version {
			return fault.ErrStale
		}
		r, err := readRoom(ctx, tx.Pgx(), c, st)
		if err != nil {
			return err
		}
		if err := checkPlan(r, plan, there); err != nil {
			return err
		}
		if st.ID == uuid.Nil {
			st.ID = uuid.Must(uuid.NewV7())
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into meetings (id, challenge_id, place, language, quorum, secretary, guests, notes)
			values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict (id) do update set place = $3, language = $4, quorum = $5,
			secretary = $6, guests = $7, notes = $8, version = meetings.version + 1`, st.ID, c.ID, strings.TrimSpace(plan.Place), string(plan.Language), plan.Quorum, strings.TrimSpace(plan.Secretary), strings.TrimSpace(plan.Guests), strings.TrimSpace(plan.Notes)); err != nil {
			return err
		}
		for _, p := range r.people {
			presence, said := there[p.ID]
			if !said {
				continue
			}
			if _, err := tx.Pgx().Exec(ctx, `insert into meeting_people (meeting_id, person_id, presence, member, chair) values ($1,$2,$3,$4,$5)
				on conflict (meeting_id, person_id) do update set presence = $3`, st.ID, p.ID, string(presence), p.Member, p.Chair); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, actor, challenge)
}

func checkPlan(r room, plan Plan, there map[uuid.UUID]Presence) error {
	var check fault.Check
	known := map[uuid.UUID]bool{}
	for _, p := range r.people {
		known[p.ID] = true
	}
	for id, presence := range there {
		check.That(known[id], "/people/"+id.String(), "unknown")
		check.That(presence.Valid(), fmt.Sprintf("/people/%s/presence", id), "not_a_choice")
	}
	all, _ := r.members()
	check.That(plan.Language.Valid(), "/language", "not_a_choice")
	check.That(plan.Quorum >= 1, "/quorum", "too_small", "min", 1)
	check.That(plan.Quorum <= max(1, all), "/quorum", "too_large", "max", all)
	return check.Err()
}

// Open makes the ranking the agenda once the scores are locked and the quorum is there. Done again, it
// takes over a ranking that changed since; what was written stays.
func (s *Service) Open(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int) (Meeting, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, st, err := lead(tx, actor, challenge)
		switch {
		case err != nil:
			return err
		case st.Version != version:
			return fault.ErrStale
		case st.ID == uuid.Nil:
			return ErrNotPlanned
		}
		stand, err := settled(tx, c)
		if err != nil {
			return err
		}
		r, err := readRoom(ctx, tx.Pgx(), c, st)
		if err != nil {
			return err
		}
		if _, there := r.members(); there < st.Plan.Quorum {
			return ErrNoQuorum.With("present", there).With("quorum", st.Plan.Quorum)
		}
		return agenda(tx, st, stand)
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, actor, challenge)
}

// settled gives the whole order, of which nothing is open any more.
func settled(tx database.Tx, c contest.Challenge) (jury.Standing, error) {
	if c.LockedAt == nil {
		return jury.Standing{}, contest.ErrScoresOpen
	}
	open, err := jury.Unlocked(tx.Context(), tx.Pgx(), c)
	if err != nil {
		return jury.Standing{}, err
	}
	if open > 0 {
		return jury.Standing{}, award.ErrReviewOpen
	}
	if err := pitch.Settled(tx.Context(), tx.Pgx(), c.ID); err != nil {
		return jury.Standing{}, err
	}
	stand, err := pitch.Stand(tx.Context(), tx.Pgx(), authz.System, c)
	if err == nil && stand.Open() {
		err = award.ErrLotteryOpen
	}
	if err == nil && len(stand.Rows) == 0 {
		err = award.ErrNoEntries
	}
	return stand, err
}

func agenda(tx database.Tx, st state, stand jury.Standing) error {
	listed := make([]uuid.UUID, len(stand.Rows))
	for i, row := range stand.Rows {
		listed[i] = row.Entry
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into meeting_items (meeting_id, entry_id, position, jury_rank) values ($1,$2,$3,nullif($4,0))
			on conflict (meeting_id, entry_id) do update set position = $3, jury_rank = nullif($4,0)`, st.ID, row.Entry, i+1, row.Rank); err != nil {
			return err
		}
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from meeting_items where meeting_id = $1 and entry_id <> all($2)`, st.ID, listed); err != nil {
		return err
	}
	_, err := tx.Pgx().Exec(tx.Context(), `update meetings set opened_at = coalesce(opened_at, clock_timestamp()), version = version + 1,
		current_entry = case when current_entry = any($2) then current_entry end where id = $1`, st.ID, listed)
	return err
}
