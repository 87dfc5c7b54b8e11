package meeting

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/record"
)

// Close applies every pending recommendation in one act: nothing changes any more, the minutes are
// written and their hash goes on record, the host's draft begins as the jury recommends where nobody has
// begun one, and the host and those who were there are told.
func (s *Service) Close(ctx context.Context, actor authz.Actor, challenge uuid.UUID, version int) (Meeting, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		c, st, err := lead(tx, actor, challenge)
		switch {
		case err != nil:
			return err
		case st.phase() != Open:
			return ErrNotOpen
		case st.Version != version:
			return fault.ErrStale
		}
		stand, err := settled(tx, c)
		if err != nil {
			return err
		}
		r, err := readRoom(ctx, tx.Pgx(), c, st)
		if err != nil {
			return err
		}
		all, err := proposals(ctx, tx.Pgx(), st.ID)
		if err != nil {
			return err
		}
		if err := complete(st, r, stand, all); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		st.ClosedAt = &now
		if err := keep(tx, c, st, stand, r, all); err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `update meetings set closed_at = $2, closed_by = $3, current_entry = null, version = version + 1 where id = $1`,
			st.ID, now, actor.PersonID); err != nil {
			return err
		}
		choices := make([]award.Choice, 0, len(all))
		for _, row := range stand.Rows {
			p := all[row.Entry]
			choices = append(choices, award.Choice{Entry: row.Entry, Outcome: p.Outcome, Place: p.Place})
		}
		if err := award.Propose(tx, actor, c, award.Draft{Language: c.Language, Choices: choices}); err != nil {
			return err
		}
		return tell(tx, c, r)
	})
	if err != nil {
		return Meeting{}, err
	}
	return s.Meeting(ctx, actor, challenge)
}

// complete is what closing needs. Pointers are /items/<entry>/<field>.
func complete(st state, r room, stand jury.Standing, all map[uuid.UUID]proposal) error {
	if _, there := r.members(); there < st.Plan.Quorum {
		return ErrNoQuorum.With("present", there).With("quorum", st.Plan.Quorum)
	}
	if len(all) != len(stand.Rows) {
		return ErrRankingNew
	}
	var check fault.Check
	needs, places := departures(all), map[string]bool{}
	for _, row := range stand.Rows {
		p, listed := all[row.Entry]
		if !listed || p.Rank != row.Rank {
			return ErrRankingNew
		}
		at := "/items/" + row.Entry.String()
		check.That(p.Outcome != "", at+"/outcome", "required")
		check.That(!needs[row.Entry], at+"/reason", "required")
		key := fmt.Sprint(p.Outcome, p.Place)
		check.That(p.Place == 0 || !places[key], at+"/place", "taken")
		places[key] = true
	}
	return check.Err()
}

// keep writes the minutes and puts their hash on record.
func keep(tx database.Tx, c contest.Challenge, st state, stand jury.Standing, r room, all map[uuid.UUID]proposal) error {
	pitched, err := pitch.Results(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	body := minutes(c, st, blinded(c, stand), r, all, pitched)
	hash := sha256.Sum256([]byte(body))
	leaf, err := record.Put(tx, record.KindAgreement, c.RecordScope, st.ID, map[string]any{"challenge": c.ID, "document": "minutes", "language": st.Plan.Language,
		"sha256": base64.StdEncoding.EncodeToString(hash[:]), "time": record.Stamp(*st.ClosedAt)})
	if err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into meeting_minutes (meeting_id, body, hash, leaf_id, made_at) values ($1,$2,$3,$4,$5)`,
		st.ID, body, hash[:], leaf, *st.ClosedAt)
	return err
}

// tell writes to the officials of the host cities and to the jury.
func tell(tx database.Tx, c contest.Challenge, r room) error {
	told := map[uuid.UUID]bool{}
	send := func(to notify.Address) error {
		if told[to.Person] {
			return nil
		}
		told[to.Person] = true
		return notify.Send(tx, notify.Notice{Kind: "meeting-closed", To: to, Subject: c.ID, Params: notify.Params{
			"challenge": c.Title, "url": notify.Link("/manage/challenges/" + c.ID.String() + "/meeting/minutes")}})
	}
	for _, city := range c.Cities {
		officials, err := identity.Holders(tx.Context(), tx.Pgx(), authz.City, city, authz.Official)
		if err != nil {
			return err
		}
		for _, to := range officials {
			if err := send(to); err != nil {
				return err
			}
		}
	}
	for _, p := range r.people {
		if !p.Member || !p.Presence.Came() {
			continue
		}
		to, err := identity.AddressOf(tx.Context(), tx.Pgx(), p.ID)
		if err != nil {
			return err
		}
		if err := send(to); err != nil {
			return err
		}
	}
	return nil
}
