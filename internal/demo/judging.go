package demo

import (
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/record"
)

// juror is a demo account that judges; mild is how much it gives above the others.
type juror struct {
	id       uuid.UUID
	language lang.Tag
	mild     float64
}

// jurorNames name the accounts by what they are, in their language: nobody is invented.
var jurorNames = lang.Text{lang.EN: "Demo juror %d", lang.ES: "Jurado de demostración %d", lang.JA: "デモ審査員%d"}

const (
	jurors         = 12
	reviewsAnEntry = 3
	chairEmail     = "chair@fieldtrial.example"
	jurorEmail     = "demo-juror-%d@fieldtrial.example"
)

// makeJury makes the accounts of the jury, or takes those that are there.
func (m *maker) makeJury(tx database.Tx) error {
	for i := range jurors {
		j := juror{language: lang.All[i%len(lang.All)], mild: m.rng.NormFloat64() * 0.4}
		email := fmt.Sprintf(jurorEmail, i+1)
		err := tx.Pgx().QueryRow(tx.Context(), `select id from people where email = $1 and demo`, email).Scan(&j.id)
		if database.NotFound(err) {
			j.id, err = identity.CreateDemo(tx, identity.NewAccount{Email: email, Name: fmt.Sprintf(jurorNames[j.language], i+1), Password: m.opt.Password, Language: j.language, TimeZone: "Europe/Madrid"})
		}
		if err != nil {
			return err
		}
		m.jurors = append(m.jurors, j)
	}
	m.out.Jurors = len(m.jurors)
	m.chair = authz.System
	m.chair.PersonID = m.jurors[0].id
	err := tx.Pgx().QueryRow(tx.Context(), `select id from people where email = $1 and demo`, chairEmail).Scan(&m.chair.PersonID)
	if database.NotFound(err) {
		err = nil
	}
	return err
}

// seatJury gives every juror and the chair their seats and rights in a contest.
func (m *maker) seatJury(tx database.Tx, id uuid.UUID) error {
	give := func(person uuid.UUID, r authz.Role) error {
		if err := authz.Give(tx, person, authz.Grant{Role: r, Kind: authz.Contest, ID: id}, uuid.Nil, time.Time{}); err != nil {
			return err
		}
		return jury.Seat(tx, person, id, nil)
	}
	for _, j := range m.jurors {
		if err := give(j.id, authz.Juror); err != nil {
			return err
		}
	}
	return give(m.chair.PersonID, authz.Chair)
}

// after takes a challenge as far as its stage goes.
func (m *maker) after(tx database.Tx, s stage, c contest.Challenge, all []made) error {
	if s.closes > 0 {
		return nil
	}
	leaf, err := record.AppendDeadline(tx, c.RecordScope, c.ID.String(), c.Dates.Closes)
	if err != nil {
		return err
	}
	if err := contest.MarkClosed(tx, c.ID, leaf); err != nil || s.reviewed == 0 {
		return err
	}
	if s.pitch {
		if err := pitch.Stock(tx, c, pitchRules()); err != nil {
			return err
		}
	}
	given := m.reviews(s, all)
	if len(given) == 0 {
		return nil
	}
	if err := jury.Stock(tx, m.chair, c, days(m.now, s.closes).Add(6*time.Hour), given); err != nil {
		return err
	}
	if !s.locked {
		return nil
	}
	if err := jury.LockStock(tx, m.chair, c, days(m.now, s.judging)); err != nil || !s.decided {
		return err
	}
	if c, err = contest.LockExclusive(tx, c.ID); err != nil {
		return err
	}
	return award.Stock(tx, m.chair, c, award.Stocked{Winners: 2, Reserves: 2, Decided: days(m.now, s.results).Add(-24 * time.Hour), Released: days(m.now, s.released)})
}

// reviews gives every eligible entry to three jurors in turn, so that all have nearly the same to read.
func (m *maker) reviews(s stage, all []made) []jury.Stocked {
	out, next := []jury.Stocked{}, m.rng.IntN(len(m.jurors))
	from, to := days(m.now, s.closes).Add(24*time.Hour), days(m.now, min(s.judging, 0)).Add(-time.Hour)
	for _, x := range all {
		if x.entry.Sent.IsZero() || x.entry.Eligible == nil || !*x.entry.Eligible {
			continue
		}
		for range reviewsAnEntry {
			j := m.jurors[next%len(m.jurors)]
			next++
			g := jury.Stocked{Entry: x.entry.ID, Person: j.id, Language: j.language}
			if m.rng.Float64() < s.reviewed {
				m.score(&g, x, j)
				if m.rng.Float64() < 0.95 || s.locked {
					g.At = from.Add(time.Duration(m.rng.Float64() * float64(to.Sub(from)))).Truncate(time.Second)
					m.out.Reviews++
				}
			}
			out = append(out, g)
		}
	}
	return out
}

// score makes up a review: the entry's quality, the juror's mildness and chance, criterion by criterion.
func (m *maker) score(g *jury.Stocked, x made, j juror) {
	words := lexiconOf(j.language)
	g.Scores = map[string]int{}
	for _, c := range contest.TemplateRubric() {
		v := 2.8 + 0.9*x.quality + j.mild + 0.7*m.rng.NormFloat64()
		g.Scores[c.Key] = int(math.Round(max(float64(c.Lowest), min(float64(c.Highest), v))))
	}
	g.ToTeam, g.ToJury = pick(m.rng, words.toTeam), pick(m.rng, words.toJury)
}
