package testkit

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
)

// ChallengeRows are the ids of a challenge and of the programme it stands in. Criteria (keys
// impact, fit, team; weights 50, 30, 20; 0 to 5) and Fields (keys title, summary, stage, website,
// pitch, video) are by key.
type ChallengeRows struct {
	ProgrammeRows
	Challenge uuid.UUID
	Slug      string
	City      uuid.UUID // the lead city
	Testbed   uuid.UUID // the one it offers
	Slot      uuid.UUID
	Criteria  map[string]uuid.UUID
	Fields    map[string]uuid.UUID
}

// ChallengeOption changes what OpenChallenge inserts.
type ChallengeOption func(*challengePlan)

type challengePlan struct {
	slug      string
	programme *ProgrammeRows
	fujisawa  bool
	draft     bool
	opens     time.Duration
	closes    time.Duration
	blind     bool
}

// Named sets the slug; "challenge" otherwise.
func Named(slug string) ChallengeOption { return func(p *challengePlan) { p.slug = slug } }

// In puts the challenge into a programme that exists already, instead of a new one.
func In(programme ProgrammeRows) ChallengeOption {
	return func(p *challengePlan) { p.programme = &programme }
}

// InFujisawa makes Fujisawa the host and Japanese the language; Santander and Spanish otherwise.
func InFujisawa() ChallengeOption { return func(p *challengePlan) { p.fujisawa = true } }

// AsDraft leaves the challenge unsent and unpublished.
func AsDraft() ChallengeOption { return func(p *challengePlan) { p.draft = true } }

// Opens sets the opening relative to now; an hour ago otherwise.
func Opens(in time.Duration) ChallengeOption { return func(p *challengePlan) { p.opens = in } }

// Closes sets the deadline relative to now; in ten days otherwise.
func Closes(in time.Duration) ChallengeOption { return func(p *challengePlan) { p.closes = in } }

// Blind makes judging in the challenge's contest blind.
func Blind() ChallengeOption { return func(p *challengePlan) { p.blind = true } }

// OpenChallenge inserts a published challenge that takes entries, with a rubric, a form and a
// testbed, and the programme around it.
func OpenChallenge(t testing.TB, db *database.DB, opts ...ChallengeOption) ChallengeRows {
	t.Helper()
	plan := challengePlan{slug: "challenge", opens: -time.Hour, closes: 10 * 24 * time.Hour}
	for _, o := range opts {
		o(&plan)
	}
	c := ChallengeRows{Challenge: NewID(), Slug: plan.slug}
	if plan.programme != nil {
		c.ProgrammeRows = *plan.programme
	} else {
		c.ProgrammeRows = Programme(t, db)
	}
	c.City, c.Testbed, c.Slot = c.Santander, c.TestbedEU, c.SlotEU
	language := "es"
	if plan.fujisawa {
		c.City, c.Testbed, c.Slot, language = c.Fujisawa, c.TestbedJP, c.SlotJP, "ja"
	}
	if plan.blind {
		Exec(t, db, `update contests set blind = true where id = $1`, c.Contest)
	}
	now := time.Now()
	opens, closes := now.Add(plan.opens), now.Add(plan.closes)
	var published any
	if !plan.draft {
		published = now.Add(-2 * time.Hour)
	}
	Exec(t, db, `insert into challenges (id, contest_id, lead_city_id, slug, language, tags, opens_at, closes_at, judging_ends_at, results_at, submitted_at, approved_at, published_at)
		values ($1,$2,$3,$4,$5,'["air"]',$6,$7,$8,$9,$10,$10,$10)`,
		c.Challenge, c.Contest, c.City, c.Slug, language, opens, closes, closes.AddDate(0, 0, 14), closes.AddDate(0, 0, 21), published)
	Exec(t, db, `insert into challenge_cities (challenge_id, city_id, position) values ($1, $2, 1)`, c.Challenge, c.City)
	Exec(t, db, `insert into challenge_testbeds (challenge_id, testbed_id) values ($1, $2)`, c.Challenge, c.Testbed)
	title, summary := "El aire de "+c.Slug, "Un dato cercano y fiable."
	if plan.fujisawa {
		title, summary = "きれいな街 "+c.Slug, "ごみの量を数え、収集に生かします。"
	}
	Exec(t, db, `insert into challenge_texts (challenge_id, language, title, summary, problem, context, success, resources, eligibility, demonstration, terms)
		values ($1,$2,$3,$4,$5,$5,$5,$5,$5,$5,$5)`, c.Challenge, language, title, summary, "**"+title+"**")
	rubricAndForm(t, db, &c)
	return c
}

func rubricAndForm(t testing.TB, db *database.DB, c *ChallengeRows) {
	t.Helper()
	Exec(t, db, `insert into criteria (id, challenge_id, key, position, weight, name, anchors)
		select gen_random_uuid(), $1, k, n, w, jsonb_build_object('en', k, 'es', k, 'ja', k),
		       (select jsonb_agg(jsonb_build_object('en', 'Score ' || s, 'es', 'Puntos ' || s, 'ja', s || '点') order by s) from generate_series(0, 5) s)
		from unnest(array['impact','fit','team'], array[50,30,20]) with ordinality as x(k, w, n)`, c.Challenge)
	Exec(t, db, `insert into form_fields (id, challenge_id, key, position, section, kind, required, max_chars, accept, max_bytes, label, options)
		select gen_random_uuid(), $1, key, position, section, kind, required, max_chars, accept::jsonb, max_bytes, jsonb_build_object('en', key), options::jsonb
		from (values
			('title',   1, 'about',    'short',  true,  100,  '[]',        null::bigint, '[]'),
			('summary', 2, 'about',    'long',   true,  600,  '[]',        null, '[]'),
			('stage',   3, 'about',    'choice', true,  null, '[]',        null, '[{"key":"idea","label":{"en":"Idea"}},{"key":"pilot","label":{"en":"Pilot"}}]'),
			('website', 4, 'about',    'link',   false, 300,  '[]',        null, '[]'),
			('pitch',   5, 'files',    'file',   true,  null, '["pdf"]',   20971520, '[]'),
			('video',   6, 'files',    'file',   false, null, '["video"]', 2147483648, '[]')
		) as f(key, position, section, kind, required, max_chars, accept, max_bytes, options)`, c.Challenge)
	c.Criteria = idsByKey(t, db, `select key, id from criteria where challenge_id = $1`, c.Challenge)
	c.Fields = idsByKey(t, db, `select key, id from form_fields where challenge_id = $1`, c.Challenge)
}

func idsByKey(t testing.TB, db *database.DB, sql string, id uuid.UUID) map[string]uuid.UUID {
	t.Helper()
	out := map[string]uuid.UUID{}
	rows, err := db.Pool().Query(context.Background(), sql, id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var id uuid.UUID
		if err := rows.Scan(&key, &id); err != nil {
			t.Fatal(err)
		}
		out[key] = id
	}
	return out
}
