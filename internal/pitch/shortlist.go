package pitch

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/jury/score"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch/final"
	"fieldtrial/internal/record"
)

// Named is what the chair says of one entry: when and where it pitches, or why it is passed over.
type Named struct {
	Entry   uuid.UUID
	Invited bool
	Reason  string // where this departs from the order of rank
	At      time.Time
	Place   string // or a link
}

// Name names the shortlist, once, from the locked ranking. Departing from the order of rank needs a
// reason for each entry that moves. The invited teams and the jurors are told; nobody else is.
func (s *Service) Name(ctx context.Context, actor authz.Actor, challenge uuid.UUID, list []Named) (Round, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, p, err := s.lead(tx, actor, challenge)
		if err != nil {
			return err
		}
		before, err := loadRound(ctx, tx.Pgx(), c.ID)
		switch {
		case err != nil:
			return err
		case before.named():
			return ErrNamed
		case c.LockedAt == nil:
			return contest.ErrScoresOpen
		}
		if err := mayName(tx, actor, c); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		stand, err := jury.Stand(ctx, tx.Pgx(), authz.System, c)
		if err != nil {
			return err
		}
		ranks, err := checkList(stand, p, now, list)
		if err != nil {
			return err
		}
		return name(tx, actor, c, now, list, ranks)
	})
	if err != nil {
		return Round{}, err
	}
	return s.Round(ctx, actor, challenge)
}

// lead holds the challenge for an act of the chair on a round that was announced.
func (s *Service) lead(tx database.Tx, actor authz.Actor, challenge uuid.UUID) (contest.Challenge, Plan, error) {
	c, err := contest.LockExclusive(tx, challenge)
	if err != nil {
		return c, Plan{}, err
	}
	if err := actor.Require(authz.RunPitch, c.Scope()); err != nil {
		return c, Plan{}, err
	}
	p, err := loadPlan(tx.Context(), tx.Pgx(), challenge)
	switch {
	case err != nil:
		return c, p, err
	case !p.Held:
		return c, p, ErrNotHeld
	case c.DecidedAt != nil:
		return c, p, contest.ErrDecided
	}
	return c, p, nil
}

// mayName refuses who does not see the whole ranking, and while a review is open again.
func mayName(tx database.Tx, actor authz.Actor, c contest.Challenge) error {
	var blind bool
	err := tx.Pgx().QueryRow(tx.Context(), `select exists (select from exclusions x join entries e on e.id = x.entry_id
		where x.person_id = $1 and e.challenge_id = $2)`, actor.PersonID, c.ID).Scan(&blind)
	if err == nil && blind {
		err = ErrRecused
	}
	if err != nil {
		return err
	}
	open, err := jury.Unlocked(tx.Context(), tx.Pgx(), c)
	if err == nil && open > 0 {
		err = ErrReview
	}
	return err
}

// checkList holds a shortlist against the ranking and gives the ranks. Pointers are /entries/<n>/<field>.
func checkList(stand jury.Standing, p Plan, now time.Time, list []Named) (map[uuid.UUID]int, error) {
	ranks := map[uuid.UUID]int{}
	for _, row := range stand.Rows {
		ranks[row.Entry] = row.Rank
	}
	var check fault.Check
	said := map[uuid.UUID]Named{}
	invited := 0
	for i, x := range list {
		at := fmt.Sprintf("/entries/%d", i)
		_, twice := said[x.Entry]
		check.That(ranks[x.Entry] > 0 && !twice, at+"/entryId", "unknown") // who has too few reviews to be ranked is not compared with others
		said[x.Entry] = x
		check.That(utf8.RuneCountInString(x.Reason) <= 2000, at+"/reason", "too_long", "max", 2000)
		if !x.Invited {
			continue
		}
		invited++
		check.That(!x.At.IsZero(), at+"/at", "required")
		check.That(x.At.IsZero() || x.At.After(now), at+"/at", "past")
		checkPlace(&check, x.Place, at+"/place")
	}
	check.That(invited > 0, "/entries", "too_few")
	check.That(invited <= p.Invited, "/entries", "too_many", "max", p.Invited)
	needs := departures(stand, said, invited)
	for i, x := range list {
		check.That(!needs[x.Entry] || strings.TrimSpace(x.Reason) != "", fmt.Sprintf("/entries/%d/reason", i), "required")
		delete(needs, x.Entry)
	}
	check.That(len(needs) == 0, "/entries", "pitch.passed_over")
	return ranks, check.Err()
}

func checkPlace(check *fault.Check, place, pointer string) {
	check.That(strings.TrimSpace(place) != "", pointer, "required")
	check.That(utf8.RuneCountInString(place) <= 500, pointer, "too_long", "max", 500)
}

// departures are the entries that move against the order of rank where n are invited.
func departures(stand jury.Standing, said map[uuid.UUID]Named, n int) map[uuid.UUID]bool {
	invited := map[uuid.UUID]bool{}
	for e, x := range said {
		invited[e] = x.Invited
	}
	return final.Departures(ranked(stand), invited, n)
}

// suggested marks the first n of the ranking, and edge those that have the same total as the last of them
// where another has it, too, and is not among them.
func suggested(stand jury.Standing, n int) (first, edge map[uuid.UUID]bool) {
	first, edge = map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	ranked := []jury.StandingRow{}
	for _, row := range stand.Rows {
		if row.Rank > 0 {
			ranked = append(ranked, row)
		}
	}
	for i, row := range ranked {
		first[row.Entry] = i < n
	}
	if n == 0 || n >= len(ranked) || score.Round2(ranked[n-1].Official) != score.Round2(ranked[n].Official) {
		return first, edge
	}
	for _, row := range ranked {
		edge[row.Entry] = score.Round2(row.Official) == score.Round2(ranked[n].Official)
	}
	return first, edge
}

func name(tx database.Tx, actor authz.Actor, c contest.Challenge, now time.Time, list []Named, ranks map[uuid.UUID]int) error {
	list = slices.DeleteFunc(slices.Clone(list), func(x Named) bool { return !x.Invited && strings.TrimSpace(x.Reason) == "" })
	entries := make([]map[string]any, 0, len(list))
	for _, x := range list {
		entries = append(entries, map[string]any{"entry": x.Entry, "rank": ranks[x.Entry], "invited": x.Invited, "reason": textHash(x.Reason)})
	}
	leaf, err := record.Put(tx, record.KindPitchNamed, c.RecordScope, c.ID, map[string]any{"challenge": c.ID, "entries": entries, "time": record.Stamp(now)})
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into pitch_rounds (challenge_id, named_by, named_at, leaf_id) values ($1,$2,$3,$4)`,
		c.ID, actor.PersonID, now, leaf); err != nil {
		return err
	}
	for _, x := range list {
		var at *time.Time
		place := ""
		if x.Invited {
			at, place = &x.At, lang.OneLine(x.Place)
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into pitch_entries (challenge_id, entry_id, jury_rank, invited, reason, at, place)
			values ($1,$2,$3,$4,$5,$6,$7)`, c.ID, x.Entry, ranks[x.Entry], x.Invited, strings.TrimSpace(x.Reason), at, place); err != nil {
			return err
		}
		if x.Invited {
			if err := tellTeam(tx, c, x.Entry, x.At, place); err != nil {
				return err
			}
		}
	}
	return tellJurors(tx, c)
}

// Move gives an invited entry another time or place, over the version that was read, and tells its team.
func (s *Service) Move(ctx context.Context, actor authz.Actor, challenge, entry uuid.UUID, version int, at time.Time, place string) (Round, error) {
	place = lang.OneLine(place)
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, _, err := s.lead(tx, actor, challenge)
		if err != nil {
			return err
		}
		r, err := loadRound(ctx, tx.Pgx(), c.ID)
		switch {
		case err != nil:
			return err
		case !r.named():
			return ErrNotNamed
		case actor.Excluded[entry]:
			return fault.ErrNotFound
		case r.LockedAt != nil:
			return ErrLocked
		case r.Version != version:
			return fault.ErrStale
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		var check fault.Check
		check.That(at.After(now), "/at", "past")
		checkPlace(&check, place, "/place")
		if err := check.Err(); err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update pitch_entries set at = $3, place = $4 where challenge_id = $1 and entry_id = $2 and invited`, c.ID, entry, at, place)
		if err == nil && tag.RowsAffected() == 0 {
			err = fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update pitch_rounds set version = version + 1 where challenge_id = $1`, c.ID); err != nil {
			return err
		}
		return tellTeam(tx, c, entry, at, place)
	})
	if err != nil {
		return Round{}, err
	}
	return s.Round(ctx, actor, challenge)
}
