package testkit

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// ProgrammeRows are the ids of a small programme: two cities, a testbed with a slot in each, and a
// contest that is open now.
type ProgrammeRows struct {
	ID          uuid.UUID
	Scope       string // record scope of the programme
	Contest     uuid.UUID
	ContestSlug string // "contest"
	RecordScope string // of the contest
	Santander   uuid.UUID
	Fujisawa    uuid.UUID
	TestbedEU   uuid.UUID // in Santander, slug "pilot-eu"
	TestbedJP   uuid.UUID // in Fujisawa, slug "pilot-jp"
	SlotEU      uuid.UUID
	SlotJP      uuid.UUID
}

// Programme inserts a small programme. Its contest opened an hour ago and closes in ten days.
func Programme(t testing.TB, db *database.DB) ProgrammeRows {
	t.Helper()
	p := ProgrammeRows{
		ID: NewID(), Contest: NewID(), ContestSlug: "contest", Santander: NewID(), Fujisawa: NewID(),
		TestbedEU: NewID(), TestbedJP: NewID(), SlotEU: NewID(), SlotJP: NewID(),
		Scope: random(), RecordScope: random(),
	}
	now := time.Now()
	Exec(t, db, `insert into programmes (id, slug, record_scope, name, title, starts_on, months, languages)
		values ($1, 'programme', $2, 'Programme', '{"en":"Programme"}', $3, 36, '["en","es","ja"]')`, p.ID, p.Scope, now.AddDate(0, -19, 0))
	Exec(t, db, `insert into cities (id, slug, name, country, region, time_zone, language, position) values
		($1, 'santander', '{"en":"Santander","es":"Santander","ja":"サンタンデール市"}', 'ES', 'EU', 'Europe/Madrid', 'es', 1),
		($2, 'fujisawa', '{"en":"Fujisawa","es":"Fujisawa","ja":"藤沢市"}', 'JP', 'JP', 'Asia/Tokyo', 'ja', 2)`, p.Santander, p.Fujisawa)
	Exec(t, db, `insert into testbeds (id, slug, pilot, partner, name, capacity) values
		($1, 'pilot-eu', '1', 'TST', '{"en":"Air sensors"}', 2), ($2, 'pilot-jp', '2', 'KEIO', '{"en":"Street cameras","ja":"街頭カメラ"}', 1)`,
		p.TestbedEU, p.TestbedJP)
	Exec(t, db, `insert into testbed_cities (testbed_id, city_id, position) values ($1, $2, 1), ($3, $4, 1)`,
		p.TestbedEU, p.Santander, p.TestbedJP, p.Fujisawa)
	Exec(t, db, `insert into slots (id, testbed_id, city_id, starts_on, ends_on) values ($1, $2, $3, $7, $8), ($4, $5, $6, $7, $8)`,
		p.SlotEU, p.TestbedEU, p.Santander, p.SlotJP, p.TestbedJP, p.Fujisawa, now.AddDate(0, 3, 0), now.AddDate(0, 6, 0))
	Exec(t, db, `insert into contests (id, programme_id, slug, record_scope, title, month, time_zone, opens_at, closes_at, judging_ends_at, results_at, announced_at)
		values ($1, $2, $3, $4, '{"en":"Contest","es":"Concurso","ja":"コンテスト"}', 20, 'Europe/Madrid', $5, $6, $7, $8, $5)`,
		p.Contest, p.ID, p.ContestSlug, p.RecordScope, now.Add(-time.Hour), now.AddDate(0, 0, 10), now.AddDate(0, 0, 24), now.AddDate(0, 0, 31))
	Exec(t, db, `insert into prizes (id, contest_id, kind, region, text, position) values
		($1, $3, 'testbed', 'EU', '{"en":"A testbed in the EU"}', 1), ($2, $3, 'travel', null, '{"en":"Travel"}', 2)`, NewID(), NewID(), p.Contest)
	return p
}

// NewID gives a fresh id, in order of time.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// Exec runs SQL on the test's database.
func Exec(t testing.TB, db *database.DB, sql string, args ...any) {
	t.Helper()
	if _, err := db.Pool().Exec(context.Background(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
