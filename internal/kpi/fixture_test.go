package kpi_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

var admin = authz.Actor{PersonID: uuid.New(), Name: "Ada", Confirmed: true, Grants: []authz.Grant{{Role: authz.Admin, Kind: authz.Installation}}}

type ledger struct {
	*testing.T
	db   *database.DB
	svc  *kpi.Service
	rows testkit.ProgrammeRows
	n    int
}

// newLedger is a programme with two indicators: one counted, one entered by hand.
func newLedger(t *testing.T) *ledger {
	t.Helper()
	db := testkit.DB(t)
	l := &ledger{T: t, db: db, svc: kpi.New(db), rows: testkit.Programme(t, db)}
	testkit.Exec(t, db, `update programmes set time_zone = 'Europe/Madrid'`)
	testkit.Exec(t, db, `insert into people (id, email, name, language) values ($1, 'ada@example.org', 'Ada', 'en')`, admin.PersonID)
	for n, g := range []string{"public", "innovators"} {
		testkit.Exec(t, db, `insert into target_groups (id, programme_id, slug, name, position) values ($1,$2,$3,$4,$5)`,
			testkit.NewID(), l.rows.ID, g, lang.Text{lang.EN: g}, n)
	}
	l.define(kpi.Definition{TargetGroup: "innovators", Slug: "contest-startups", Op: "gt", Target: 20, CountedBy: kpi.ContestStartups, Position: 2})
	l.define(kpi.Definition{TargetGroup: "public", Slug: "newsletters", Op: "gte", Target: 4, Position: 1})
	return l
}

func (l *ledger) define(d kpi.Definition) {
	l.Helper()
	d.Programme = l.rows.ID
	d.Name = lang.Text{lang.EN: d.Slug, lang.JA: "指標"}
	d.Unit = map[lang.Tag]map[string]string{lang.EN: {"one": "thing", "other": "things"}}
	if err := l.db.InTx(context.Background(), func(tx database.Tx) error { return kpi.Define(tx, []kpi.Definition{d}) }); err != nil {
		l.Fatal(err)
	}
}

type team struct {
	name, kind, country string
	test                bool
}

func (l *ledger) team(x team) uuid.UUID {
	l.Helper()
	id := testkit.NewID()
	testkit.Exec(l.T, l.db, `insert into teams (id, name, kind, country, test, city, source) values ($1,$2,$3,$4,$5,'Somewhere','=f6s')`, id, x.name, x.kind, x.country, x.test)
	return id
}

// enter inserts an entry in a state; one that is submitted or withdrawn has a submission.
func (l *ledger) enter(c testkit.ChallengeRows, team uuid.UUID, state string) uuid.UUID {
	l.Helper()
	l.n++
	id, at := testkit.NewID(), time.Now().Add(time.Duration(l.n)*time.Second-time.Minute)
	testkit.Exec(l.T, l.db, `insert into entries (id, challenge_id, team_id, reference, language, state) values ($1,$2,$3,$4,'en',$5)`,
		id, c.Challenge, team, fmt.Sprintf("E-%04d", l.n), state)
	if state != "draft" {
		s := testkit.NewID()
		testkit.Exec(l.T, l.db, `insert into submissions (id, entry_id, number, answers, files, leaf_id, submitted_at) values ($1,$2,1,'{"stage":"pilot"}','[]',0,$3)`, s, id, at)
		testkit.Exec(l.T, l.db, `update entries set last_submission_id = $2 where id = $1`, id, s)
	}
	return id
}

func (l *ledger) indicator(slug string) kpi.Indicator {
	l.Helper()
	b, err := l.svc.Board(context.Background(), admin)
	if err != nil {
		l.Fatal(err)
	}
	for _, g := range b.Groups {
		for _, i := range g.Indicators {
			if i.Slug == slug {
				return i
			}
		}
	}
	l.Fatalf("no indicator %s", slug)
	return kpi.Indicator{}
}

func (l *ledger) participants() int {
	l.Helper()
	return *l.indicator("contest-startups").Counted
}
