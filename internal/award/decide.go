package award

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/record"
)

// Decide makes the draft the decision: every entry has an outcome, every winner a free slot, and
// every departure from the jury's order a reason. Slots are booked, the decision goes on record,
// and each team's notice waits for the release.
func (s *Service) Decide(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int) (Decision, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, now, err := lockToDecide(tx, actor, challenge)
		if err != nil {
			return err
		}
		if now != version {
			return fault.ErrStale
		}
		open, err := jury.Unlocked(ctx, tx.Pgx(), c)
		if err != nil {
			return err
		}
		if open > 0 {
			return ErrReviewOpen
		}
		if err := pitch.Settled(ctx, tx.Pgx(), c.ID); err != nil {
			return err
		}
		d, err := readDecision(ctx, tx.Pgx(), actor, c)
		if err != nil {
			return err
		}
		if err := ready(d); err != nil {
			return err
		}
		at, err := tx.Now()
		if err != nil {
			return err
		}
		if err := book(tx, d); err != nil {
			return err
		}
		if err := contest.MarkDecided(tx, c.ID, actor.PersonID, at); err != nil {
			return err
		}
		if err := onRecord(tx, d, at); err != nil {
			return err
		}
		return hold(tx, d)
	})
	if err != nil {
		return Decision{}, err
	}
	return s.Decision(ctx, actor, challenge)
}

// ready is what a decision needs. Pointers are /entries/<id>/<field>.
func ready(d Decision) error {
	if len(d.Rows) == 0 {
		return ErrNoEntries
	}
	if d.Lottery {
		return ErrLotteryOpen
	}
	var check fault.Check
	for _, r := range d.Rows {
		at := "/entries/" + r.Entry.String()
		check.That(r.Choice != nil, at+"/outcome", "required")
		if r.Choice != nil && r.Choice.Outcome == Winner {
			check.That(r.Choice.Slot != nil, at+"/slotId", "required")
		}
		check.That(!r.NeedsReason, at+"/reason", "required")
	}
	return check.Err()
}

// book takes a place of each winner's slot. The index awards_slot_free decides between two
// challenges that reach for the last one.
func book(tx database.Tx, d Decision) error {
	for _, r := range d.Rows {
		if r.Choice.Outcome != Winner {
			continue
		}
		tag, err := tx.Pgx().Exec(tx.Context(), `
			insert into awards (id, entry_id, prize_id, testbed_id, city_id, slot_id, starts_on, ends_on, seat)
			select $1, $2, $3, s.testbed_id, s.city_id, s.id, s.starts_on, s.ends_on, free.seat
			from slots s join testbeds t on t.id = s.testbed_id
			cross join lateral (select n as seat from generate_series(1, t.capacity) n
				where not exists (select from awards a where a.slot_id = s.id and a.seat = n and a.state in ('offered', 'accepted'))
				order by n limit 1) free
			where s.id = $4`, uuid.Must(uuid.NewV7()), r.Entry, r.Choice.Prize, *r.Choice.Slot)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return ErrSlotTaken.At("/entries/"+r.Entry.String()+"/slotId", "taken", nil)
		}
	}
	return nil
}

// digest commits to the decision as a whole: SHA-256 over its rows in the jury's order.
func digest(d Decision) (string, error) {
	type line struct {
		Entry    uuid.UUID  `json:"entry"`
		Rank     int        `json:"rank"`
		Outcome  Outcome    `json:"outcome"`
		Place    int        `json:"place"`
		Reason   string     `json:"reason"`
		Feedback string     `json:"feedback"`
		Slot     *uuid.UUID `json:"slot"`
		Prize    *uuid.UUID `json:"prize"`
	}
	lines := make([]line, len(d.Rows))
	for i, r := range d.Rows {
		x := r.Choice
		lines[i] = line{r.Entry, r.Rank, x.Outcome, x.Place, x.Reason, x.Feedback, x.Slot, x.Prize}
	}
	b, err := json.Marshal(lines)
	sum := sha256.Sum256(b)
	return base64.StdEncoding.EncodeToString(sum[:]), err
}

func onRecord(tx database.Tx, d Decision, at time.Time) error {
	whole, err := digest(d)
	if err != nil {
		return err
	}
	winners := 0
	for _, r := range d.Rows {
		if r.Choice.Outcome == Winner {
			winners++
		}
	}
	_, err = record.Put(tx, record.KindDecision, d.Challenge.RecordScope, d.Challenge.ID, map[string]any{
		"challenge": d.Challenge.ID, "entries": len(d.Rows), "winners": winners, "rows": whole, "time": record.Stamp(at)})
	return err
}

// hold writes each team's notice. The end of the standstill is set when they are released.
func hold(tx database.Tx, d Decision) error {
	slots := map[uuid.UUID]Slot{}
	for _, s := range d.Slots {
		slots[s.ID] = s
	}
	for _, r := range d.Rows {
		to, err := entry.TeamAddresses(tx.Context(), tx.Pgx(), r.Entry)
		if err != nil {
			return err
		}
		kind := map[Outcome]string{Winner: "results-winner", Reserve: "results-reserve", NotSelected: "results-not-selected"}[r.Choice.Outcome]
		p := notify.Params{"team": r.Summary.TeamName, "challenge": d.Challenge.Title, "reference": r.Summary.Reference,
			"url":        notify.Link("/my/entries/" + r.Entry.String() + "/result"),
			"standstill": notify.Moment{At: d.Challenge.Dates.Results, Zone: d.Challenge.Zone}}
		if r.Choice.Outcome == Winner {
			s := slots[*r.Choice.Slot]
			p["testbed"] = s.Testbed
			p["from"], p["to"] = notify.Day(s.StartsOn.Format(time.DateOnly)), notify.Day(s.EndsOn.Format(time.DateOnly))
		}
		for _, a := range to {
			if err := notify.Hold(tx, notify.Notice{Kind: kind, To: a, Params: p, Subject: r.Entry, Batch: batchOf(d.Challenge.ID)}); err != nil {
				return err
			}
		}
	}
	return nil
}
