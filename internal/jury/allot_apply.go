package jury

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jury/assign"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// Why an assignment ended without a conflict: it can be given again.
const (
	endedMoved   = "moved"
	endedDropped = "dropped"
)

// apply writes the plan, puts it on record and tells each juror with new entries once.
func (p allotPlan) apply(tx database.Tx, actor authz.Actor) error {
	if len(p.plan.Added) == 0 && len(p.plan.Removed) == 0 {
		return nil
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if err := p.write(tx, actor, now); err != nil {
		return err
	}
	if err := contest.MarkAssigned(tx, p.challenge.ID, actor.PersonID, now); err != nil {
		return err
	}
	leaf, err := record.Put(tx, record.KindAssignment, p.challenge.RecordScope, p.challenge.ID, map[string]any{
		"challenge": p.challenge.ID, "mode": p.req.Mode, "k": p.req.K, "hostSeat": p.req.HostSeat, "seed": p.req.Seed,
		"added": len(p.plan.Added), "pairs": digest(p.members, p.plan.Added),
		"removed": len(p.plan.Removed), "removedPairs": digest(p.members, p.plan.Removed), "time": record.Stamp(now)})
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `insert into allotments (id, challenge_id, mode, per_entry, host_seat, seed, added, removed, leaf_id, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, uuid.Must(uuid.NewV7()), p.challenge.ID, string(p.req.Mode), p.req.K, p.req.HostSeat,
		p.req.Seed, len(p.plan.Added), len(p.plan.Removed), leaf, actor.PersonID, now); err != nil {
		return err
	}
	return p.tell(tx)
}

// write ends what moves and makes what is new; an assignment that was only moved away once comes
// back as it was.
func (p allotPlan) write(tx database.Tx, actor authz.Actor, now time.Time) error {
	entries, seats := columns(p.plan.Removed)
	if _, err := tx.Pgx().Exec(tx.Context(), `update assignments a set ended_at = $3, ended_why = $4
		from unnest($1::uuid[], $2::uuid[]) as x(entry, seat)
		where a.entry_id = x.entry and a.seat_id = x.seat and a.ended_at is null
		  and not exists (select from reviews r where r.assignment_id = a.id)`, entries, seats, now, endedMoved); err != nil {
		return err
	}
	entries, seats = columns(p.plan.Added)
	ids := make([]uuid.UUID, len(entries))
	for i := range ids {
		ids[i] = uuid.Must(uuid.NewV7())
	}
	_, err := tx.Pgx().Exec(tx.Context(), `insert into assignments (id, entry_id, seat_id, created_by)
		select x.id, x.entry, x.seat, $4 from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as x(id, entry, seat)
		on conflict on constraint assignments_once do update set ended_at = null, ended_why = '' where assignments.ended_why = any($5)`,
		ids, entries, seats, actor.PersonID, []string{endedMoved, endedDropped})
	return err
}

func columns(pairs []assign.Pair) (entries, seats []uuid.UUID) {
	for _, x := range pairs {
		entries, seats = append(entries, x.Entry), append(seats, x.Juror)
	}
	return entries, seats
}

// digest commits to pairs: SHA-256 over their lines "<entry> <juror's pseudonym there>\n", sorted;
// "" where there are none.
func digest(members []Member, pairs []assign.Pair) string {
	if len(pairs) == 0 {
		return ""
	}
	pseudonym := map[uuid.UUID]string{}
	for _, m := range members {
		pseudonym[m.Seat] = m.pseudonym
	}
	lines := make([]string, len(pairs))
	for i, x := range pairs {
		lines[i] = x.Entry.String() + " " + mask(pseudonym[x.Juror], x.Entry) + "\n"
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func (p allotPlan) tell(tx database.Tx) error {
	count := map[uuid.UUID]int{}
	for _, x := range p.plan.Added {
		count[x.Juror]++
	}
	var title lang.Text
	if err := tx.Pgx().QueryRow(tx.Context(), `select title from contests where id = $1`, p.challenge.ContestID).Scan(&title); err != nil {
		return err
	}
	for _, m := range p.members {
		if count[m.Seat] == 0 || m.Person == uuid.Nil {
			continue
		}
		to, err := identity.AddressOf(tx.Context(), tx.Pgx(), m.Person)
		if err != nil {
			return err
		}
		if err := notify.Send(tx, notify.Notice{Kind: "jury-assigned", To: to, Subject: p.challenge.ID, Params: notify.Params{
			"contest": title, "count": count[m.Seat], "url": notify.Link("/jury"),
			"deadline": notify.Moment{At: p.challenge.Dates.JudgingEnds, Zone: p.challenge.Zone}}}); err != nil {
			return err
		}
	}
	return nil
}
