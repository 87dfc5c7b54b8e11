package pitch

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/notify"
)

// tellTeam writes to the members of an invited team when and where it pitches.
func tellTeam(tx database.Tx, c contest.Challenge, id uuid.UUID, at time.Time, place string) error {
	to, err := entry.TeamAddresses(tx.Context(), tx.Pgx(), id)
	if err != nil {
		return err
	}
	for _, address := range to {
		if err := notify.Send(tx, notify.Notice{Kind: "pitch-invited", To: address, Subject: id, Params: notify.Params{
			"challenge": c.Title, "at": notify.Moment{At: at, Zone: c.Zone}, "place": place, "url": notify.Link("/my/entries/" + id.String())}}); err != nil {
			return err
		}
	}
	return nil
}

// tellJurors writes to whoever has a pitch to score, with the time of the first that they may see.
func tellJurors(tx database.Tx, c contest.Challenge) error {
	to, err := identity.Holders(tx.Context(), tx.Pgx(), authz.Contest, c.ContestID, authz.Juror, authz.Chair)
	if err != nil {
		return err
	}
	for _, address := range to {
		var first *time.Time
		if err := tx.Pgx().QueryRow(tx.Context(), `select min(p.at) from pitch_entries p
			where p.challenge_id = $1 and p.invited and `+authz.NotExcluded("p.entry_id", "$2")+`
			and exists (select from seats s where s.contest_id = $3 and s.person_id = $2 and s.active)`, c.ID, address.Person, c.ContestID).Scan(&first); err != nil {
			return err
		}
		if first == nil {
			continue
		}
		if err := notify.Send(tx, notify.Notice{Kind: "pitch-scoring", To: address, Subject: c.ID, Params: notify.Params{
			"challenge": c.Title, "at": notify.Moment{At: *first, Zone: c.Zone}, "url": notify.Link("/jury/challenges/" + c.ID.String() + "/pitch")}}); err != nil {
			return err
		}
	}
	return nil
}
