// Package demo fills an installation with a whole life of contests: one in every phase, with entries,
// documents, jurors and reviews. The same seed and number of entries give the same names, texts,
// scores and dates. All of it is rehearsal, by teams marked as tests: nothing of it counts.
package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/team"
)

// MaxEntries is the most that one demonstration holds.
const MaxEntries = 100_000

// What keeps a demonstration from being made.
var (
	ErrThere       = errors.New("a demonstration is there already; --again wipes it first")
	ErrNoChallenge = errors.New("there is no published challenge to make the demonstration from")
)

// Deps are what the demonstration is made with. Told may be nil; it is told what was made.
type Deps struct {
	DB    *database.DB
	Store *objstore.Store
	Told  func(what string)
}

// Options say how much is made. Password is that of the jurors' accounts.
type Options struct {
	Entries  int
	Seed     uint64
	Again    bool // wipe an earlier one
	Password string
}

// Result counts what was made.
type Result struct {
	Contests, Challenges, Teams, Entries, Submitted, Files, Jurors, Reviews int
}

// Seed makes the demonstration. Each challenge is written whole, in a transaction of its own; one
// that was interrupted is wiped by the next.
func Seed(ctx context.Context, d Deps, o Options) (Result, error) {
	m := &maker{Deps: d, opt: o, rng: newSource(o.Seed)}
	if err := m.clear(ctx); err != nil {
		return m.out, err
	}
	if err := m.prepare(ctx); err != nil {
		return m.out, err
	}
	share := perStage(o.Entries)
	for i, s := range stages {
		if err := m.stage(ctx, i, s, share[i]); err != nil {
			return m.out, fmt.Errorf("%s: %w", s.slug(), err)
		}
	}
	return m.out, d.DB.InTx(ctx, func(tx database.Tx) error { return finished(tx, true) })
}

// maker is one run.
type maker struct {
	Deps
	opt     Options
	rng     *source
	out     Result
	now     time.Time
	sources []uuid.UUID // challenges to copy
	jurors  []juror
	chair   authz.Actor
	names   map[lang.Tag]int
}

func (m *maker) say(format string, args ...any) {
	if m.Told != nil {
		m.Told(fmt.Sprintf(format, args...))
	}
}

// finished notes that a demonstration is whole, or that it is not any more.
func finished(tx database.Tx, yes bool) error {
	sql := `delete from installation where key = 'demo'`
	if yes {
		sql = `insert into installation (key, value) values ('demo', 'finished') on conflict (key) do update set value = excluded.value`
	}
	_, err := tx.Pgx().Exec(tx.Context(), sql)
	return err
}

// clear wipes what an earlier run left: a whole demonstration only where that was asked for.
func (m *maker) clear(ctx context.Context) error {
	rows, err := m.DB.Pool().Query(ctx, `select id, slug from contests where rehearsal and slug like 'demo-%'`)
	if err != nil {
		return err
	}
	type old struct {
		ID   uuid.UUID
		Slug string
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[old])
	if err != nil {
		return err
	}
	var whole bool
	if err := m.DB.Pool().QueryRow(ctx, `select exists (select from installation where key = 'demo')`).Scan(&whole); err != nil {
		return err
	}
	if whole && len(all) > 0 && !m.opt.Again {
		return ErrThere
	}
	editions := edition.NewService(m.DB)
	for _, k := range all {
		if _, err := editions.Wipe(ctx, authz.System, k.ID, k.Slug); err != nil {
			return fmt.Errorf("wipe %s: %w", k.Slug, err)
		}
		m.say("wiped %s", k.Slug)
	}
	return m.DB.InTx(ctx, func(tx database.Tx) error {
		if err := finished(tx, false); err != nil {
			return err
		}
		return team.ClearStock(tx)
	})
}

// prepare finds what there is to copy, and makes the jury.
func (m *maker) prepare(ctx context.Context) error {
	now, err := m.DB.Now(ctx)
	if err != nil {
		return err
	}
	m.now, m.names = now.UTC().Truncate(time.Hour), map[lang.Tag]int{}
	rows, err := m.DB.Pool().Query(ctx, `select c.id from challenges c join contests k on k.id = c.contest_id
		where c.published_at is not null and c.sample and not k.rehearsal order by c.slug`)
	if err != nil {
		return err
	}
	if m.sources, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID]); err != nil {
		return err
	}
	if len(m.sources) == 0 {
		return ErrNoChallenge
	}
	return m.DB.InTx(ctx, m.makeJury)
}

// stage makes one contest with two challenges and its part of the entries.
func (m *maker) stage(ctx context.Context, n int, s stage, entries int) error {
	var id uuid.UUID
	challenges := []uuid.UUID{}
	err := m.DB.InTx(ctx, func(tx database.Tx) (err error) {
		if id, err = m.open(tx, s); err != nil {
			return err
		}
		for i := range 2 {
			source := m.sources[(2*n+i*len(m.sources)/2)%len(m.sources)]
			c, err := contest.CloneInto(tx, source, id, uuid.Nil)
			if err != nil {
				return err
			}
			challenges = append(challenges, c)
			if s.unpublished {
				continue
			}
			if err := contest.PublishCopy(tx, c, uuid.Nil, days(m.now, s.opens-7)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	m.out.Contests++
	m.out.Challenges += len(challenges)
	for i, c := range challenges {
		count := entries / 2
		if i == 0 {
			count = entries - count
		}
		if s.unpublished || s.opens > 0 {
			continue
		}
		if err := m.fill(ctx, s, c, count); err != nil {
			return err
		}
	}
	m.say("%s: %d entries", s.slug(), entries)
	return nil
}

func (m *maker) open(tx database.Tx, s stage) (uuid.UUID, error) {
	settings := edition.Settings{
		Slug: s.slug(), Title: s.title, Focus: lang.Text{}, HowToApply: lang.Text{}, Zone: "Europe/Madrid", Dates: s.dates(m.now),
		StandstillDays: 5, EntryLanguages: lang.All, BytesGraceHours: 24, ReviewsPerEntry: 3, Order: contest.ByRaw,
		Prizes: []contest.Prize{{Kind: "testbed", Text: lang.Text{lang.EN: "A stay in a testbed", lang.ES: "Una estancia en un banco de pruebas", lang.JA: "テストベッドの利用"}}},
	}
	var announced, archived *time.Time
	if !s.unannounced {
		at := days(m.now, s.opens-14)
		announced = &at
		if at.After(m.now) {
			announced = &m.now
		}
	}
	if s.archived != 0 {
		at := days(m.now, s.archived)
		archived = &at
	}
	id, err := edition.Stage(tx, settings, announced, archived)
	if err != nil {
		return id, err
	}
	return id, m.seatJury(tx, id)
}

// fill writes the entries of a challenge and what became of them.
func (m *maker) fill(ctx context.Context, s stage, challenge uuid.UUID, count int) error {
	made := make([]made, count)
	for i := range made {
		made[i] = m.entry(s, i)
	}
	if err := m.store(ctx, made); err != nil {
		return err
	}
	return m.DB.InTx(ctx, func(tx database.Tx) error {
		c, err := contest.LockExclusive(tx, challenge)
		if err != nil {
			return err
		}
		teams, entries := []team.Stocked{}, make([]entry.Stocked, 0, count)
		for _, x := range made {
			teams, entries = append(teams, x.team), append(entries, x.entry)
		}
		if err := team.Stock(tx, teams); err != nil {
			return err
		}
		if err := entry.Stock(tx, c, entries); err != nil {
			return err
		}
		m.out.Teams += len(teams)
		m.out.Entries += len(entries)
		return m.after(tx, s, c, made)
	})
}

// source is a random source that gives the same for the same seed. It makes texts, not secrets.
type source struct {
	*rand.Rand
	bytes *rand.ChaCha8
}

func newSource(seed uint64) *source {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i)) //nolint:gosec // the lowest byte is meant
	}
	c := rand.NewChaCha8(key)
	return &source{rand.New(c), c} //nolint:gosec // see source
}

// id gives the next id.
func (s *source) id() uuid.UUID { return uuid.Must(uuid.NewRandomFromReader(s.bytes)) }

func pick[T any](s *source, list []T) T { return list[s.IntN(len(list))] }
