package jury

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// apply writes the new pairs, puts them on record and tells each juror once.
func (p allotPlan) apply(tx database.Tx, actor authz.Actor) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	count := map[uuid.UUID]int{}
	for _, x := range p.plan.Added {
		count[x.Juror]++
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into assignments (id, entry_id, seat_id, created_by) values ($1, $2, $3, $4)`,
			uuid.Must(uuid.NewV7()), x.Entry, x.Juror, actor.PersonID); err != nil {
			return err
		}
	}
	if len(p.plan.Added) == 0 {
		return nil
	}
	if err := contest.MarkAssigned(tx, p.challenge.ID, actor.PersonID, now); err != nil {
		return err
	}
	if err := appendLeaf(tx, p.challenge, record.KindAssignment, p.challenge.ID, map[string]any{
		"challenge": p.challenge.ID, "mode": p.req.Mode, "k": p.req.K, "seed": p.req.Seed,
		"added": len(p.plan.Added), "pairs": p.digest(), "time": stamp(now)}); err != nil {
		return err
	}
	return p.tell(tx, count)
}

// digest commits to the new pairs: SHA-256 over their lines "<entry> <juror's pseudonym there>\n",
// sorted.
func (p allotPlan) digest() string {
	pseudonym := map[uuid.UUID]string{}
	for _, m := range p.members {
		pseudonym[m.Seat] = m.pseudonym
	}
	lines := make([]string, len(p.plan.Added))
	for i, x := range p.plan.Added {
		lines[i] = x.Entry.String() + " " + mask(pseudonym[x.Juror], x.Entry) + "\n"
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func (p allotPlan) tell(tx database.Tx, count map[uuid.UUID]int) error {
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
