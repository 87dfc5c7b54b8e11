package entry

import (
	"errors"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/scan"
)

// keepVerdict writes down what the scanner said, and tells those concerned where the file was
// submitted and is infected.
func keepVerdict(tx database.Tx, f File, v scan.Verdict) error {
	c, r, now, err := lock(tx, f.Entry)
	if errors.Is(err, fault.ErrNotFound) {
		return nil // gone with its entry
	}
	if err != nil {
		return err
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update files set state = $2, scan_detail = $3 where id = $1 and state = 'checking'`,
		f.ID, string(v.Outcome), v.Signature+v.Reason); err != nil || v.Outcome != scan.Infected {
		return err
	}
	return tellInfected(tx, c, r, now)
}

// tellInfected writes about infected files that the last submission carries: to the team at once, and
// to the officials when the team can send no more, since until then they may not know of the entry
// and the team may still mend it. Each is told once a file.
func tellInfected(tx database.Tx, c contest.Challenge, r row, now time.Time) error {
	if r.Submission == nil || r.State != StateSubmitted {
		return nil
	}
	last, err := sentContent(tx.Context(), tx.Pgx(), r.Submission.ID)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, 0, len(last.Files))
	for _, f := range last.Files {
		ids = append(ids, f.ID)
	}
	files, err := collectFiles(tx.Context(), tx.Pgx(), `where id = any($1) and state = 'infected' order by name`, ids)
	if err != nil || len(files) == 0 {
		return err
	}
	until := r.window(c).Last()
	for _, f := range files {
		question, err := labelOf(tx, f.Field)
		if err != nil {
			return err
		}
		params := notify.Params{"team": r.Team.Name, "challenge": c.Title, "reference": r.Reference, "question": question}
		if first, err := toldFirst(tx, f.ID, "team"); err != nil {
			return err
		} else if first {
			own := notify.Params{"file": f.Name, "until": notify.Moment{At: until, Zone: c.Zone}, "url": notify.Link("/my/entries/" + r.ID.String())}
			for k, v := range params {
				own[k] = v
			}
			if err := say(tx, "file-infected", r, own); err != nil {
				return err
			}
		}
		if now.Before(until) {
			continue
		}
		if first, err := toldFirst(tx, f.ID, "officials"); err != nil || !first {
			if err != nil {
				return err
			}
			continue
		}
		params["url"] = notify.Link("/manage/challenges/" + c.ID.String() + "/entries")
		if err := sayToOfficials(tx, "file-infected-city", c, r, params); err != nil {
			return err
		}
	}
	return nil
}

// toldFirst notes that somebody is told of a file; false where it was noted before.
func toldFirst(tx database.Tx, file uuid.UUID, whom string) (bool, error) {
	tag, err := tx.Pgx().Exec(tx.Context(), `insert into infected_told (file_id, whom) values ($1, $2) on conflict do nothing`, file, whom)
	return tag.RowsAffected() == 1, err
}

func labelOf(tx database.Tx, field uuid.UUID) (lang.Text, error) {
	var label lang.Text
	err := tx.Pgx().QueryRow(tx.Context(), `select label from form_fields where id = $1`, field).Scan(&label)
	return label, err
}

// sayToOfficials writes to the officials of the host cities, each once, and to none who may not see
// the entry.
func sayToOfficials(tx database.Tx, kind string, c contest.Challenge, r row, params notify.Params) error {
	told := map[uuid.UUID]bool{}
	for _, city := range c.Cities {
		officials, err := identity.Holders(tx.Context(), tx.Pgx(), authz.City, city, authz.Official)
		if err != nil {
			return err
		}
		for _, to := range officials {
			if told[to.Person] {
				continue
			}
			told[to.Person] = true
			var sees bool
			if err := tx.Pgx().QueryRow(tx.Context(), `select `+authz.NotExcluded("$1::uuid", "$2"), r.ID, to.Person).Scan(&sees); err != nil {
				return err
			}
			if !sees {
				continue
			}
			if err := notify.Send(tx, notify.Notice{Kind: kind, To: to, Subject: r.ID, Params: params}); err != nil {
				return err
			}
		}
	}
	return nil
}
