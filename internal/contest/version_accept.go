package contest

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// What acceptance does not allow.
var (
	ErrAcceptRules = fault.New(fault.Conflict, "rules.acceptance_required", "The rules changed. Read and accept the new version before you submit.")
	ErrNotInForce  = fault.New(fault.Conflict, "rules.not_in_force", "This is not the version in force. Load the page again.")
)

// Accept notes that a team accepts a version for its entry. It must be the one in force: the caller
// holds the challenge. Accepting again changes nothing.
func Accept(tx database.Tx, challenge, entry uuid.UUID, version int, by uuid.UUID) error {
	now, err := RulesVersion(tx.Context(), tx.Pgx(), challenge)
	if err != nil {
		return err
	}
	if now != version || version == 0 {
		return ErrNotInForce
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into rules_acceptances (entry_id, number, accepted_by) values ($1, $2, $3) on conflict do nothing`,
		entry, version, person(by))
	return err
}

// RequireAcceptance fails with ErrAcceptRules unless the version in force was accepted for the
// entry. An entry that was begun under that version needs no acceptance of its own: its team has
// seen no other, and submitting accepts it.
func RequireAcceptance(tx database.Tx, challenge, entry uuid.UUID) error {
	var accepted, inForce int
	var begunUnder bool
	err := tx.Pgx().QueryRow(tx.Context(), `
		select coalesce((select max(a.number) from rules_acceptances a where a.entry_id = e.id), 0),
		       coalesce(v.number, 1), coalesce(v.number = 1 or v.published_at <= e.created_at, true)
		from entries e left join lateral (select number, published_at from rules_versions where challenge_id = e.challenge_id
		                                  order by number desc limit 1) v on true
		where e.id = $1 and e.challenge_id = $2`, entry, challenge).Scan(&accepted, &inForce, &begunUnder)
	if database.NotFound(err) {
		return fault.ErrNotFound
	}
	if err != nil || accepted == inForce || begunUnder {
		return err
	}
	return ErrAcceptRules.With("version", inForce)
}

// AcceptBySending is for whoever stores a submission: it fails where RequireAcceptance does, else
// notes the version in force as accepted and gives its number. The caller holds the challenge.
func AcceptBySending(tx database.Tx, challenge, entry, by uuid.UUID) (int, error) {
	if err := RequireAcceptance(tx, challenge, entry); err != nil {
		return 0, err
	}
	version, err := RulesVersion(tx.Context(), tx.Pgx(), challenge)
	if err != nil {
		return 0, err
	}
	return version, Accept(tx, challenge, entry, version, by)
}

// EntryRules is where an entry stands with the rules.
type EntryRules struct {
	Slug       string
	InForce    int
	Accepted   int // 0: none yet
	AcceptedAt *time.Time
	Must       bool // submitting asks for acceptance first
	Submitted  int  // version under which the last submission was sent; 0: not submitted
	Begun      int  // version in force when the entry was started
	Kind       VersionKind
	ChangedAt  time.Time     // when the version in force was published
	Zone       string        // the lead city's
	Language   lang.Tag      // the authoritative one
	Newer      []VersionView // those in force since what the team has accepted or begun under, newest first
	Allowed    []authz.Action
}

// EntryRules tells a team which version its entry stands on.
func (s *Service) EntryRules(ctx context.Context, actor authz.Actor, entry uuid.UUID) (EntryRules, error) {
	return entryRules(ctx, s.db.Pool(), actor, entry)
}

func entryRules(ctx context.Context, q database.Queryer, actor authz.Actor, entry uuid.UUID) (EntryRules, error) {
	var r EntryRules
	var challenge, team uuid.UUID
	var withdrawn bool
	err := q.QueryRow(ctx, `
		select e.challenge_id, e.team_id, e.state = 'withdrawn', c.slug, c.language, y.time_zone, coalesce(v.number, 1), coalesce(v.kind, 'published'),
		       coalesce(v.published_at, c.published_at, c.created_at), coalesce(a.number, 0), a.accepted_at,
		       case when s.id is null then 0 else coalesce((select max(x.number) from rules_versions x
		            where x.challenge_id = c.id and x.published_at <= s.submitted_at), 1) end,
		       coalesce((select max(x.number) from rules_versions x where x.challenge_id = c.id and x.published_at <= e.created_at), 1)
		from entries e join challenges c on c.id = e.challenge_id join cities y on y.id = c.lead_city_id
		left join submissions s on s.id = e.last_submission_id
		left join lateral (select number, kind, published_at from rules_versions where challenge_id = c.id order by number desc limit 1) v on true
		left join lateral (select number, accepted_at from rules_acceptances where entry_id = e.id order by number desc limit 1) a on true
		where e.id = $1`, entry).Scan(&challenge, &team, &withdrawn, &r.Slug, &r.Language, &r.Zone, &r.InForce, &r.Kind, &r.ChangedAt, &r.Accepted,
		&r.AcceptedAt, &r.Submitted, &r.Begun)
	if database.NotFound(err) {
		err = fault.ErrNotFound
	}
	if err != nil {
		return r, err
	}
	scope := authz.Scope{Team: team, Entry: entry, Challenge: challenge}
	if err := actor.Require(authz.SeeEntry, scope); err != nil {
		return r, err
	}
	r.Must = r.Accepted < r.InForce && r.Begun < r.InForce
	if !r.Must {
		return r, nil
	}
	if !withdrawn {
		r.Allowed = actor.Allowed(scope, authz.AcceptRules)
	}
	d, err := readDossier(ctx, q, challenge)
	if err != nil {
		return r, err
	}
	list, _, err := versions(ctx, q, d)
	for _, v := range ViewVersions(list) {
		if v.Number > max(r.Accepted, r.Begun) {
			r.Newer = append(r.Newer, v)
		}
	}
	return r, err
}

// AcceptFor is a team member's act: they read the version in force and accept it for their entry.
func (s *Service) AcceptFor(ctx context.Context, actor authz.Actor, entry uuid.UUID, version int) (EntryRules, error) {
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		var challenge, team uuid.UUID
		err := tx.Pgx().QueryRow(ctx, `select challenge_id, team_id from entries where id = $1`, entry).Scan(&challenge, &team)
		if database.NotFound(err) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := actor.Require(authz.AcceptRules, authz.Scope{Team: team, Entry: entry, Challenge: challenge}); err != nil {
			return err
		}
		if _, err := LockShared(tx, challenge); err != nil {
			return err
		}
		return Accept(tx, challenge, entry, version, actor.PersonID)
	})
	if _, replay := database.Replayed(err); replay {
		err = nil
	}
	if err != nil {
		return EntryRules{}, err
	}
	return s.EntryRules(ctx, actor, entry)
}

// Acceptance is one entry in the officials' list of who accepted what.
type Acceptance struct {
	Entry      uuid.UUID
	Reference  string
	Team       string
	State      string // draft entries are left out
	Submitted  int    // version under which the last submission was sent
	Accepted   int    // newest version accepted
	AcceptedAt *time.Time
}

// Acceptances counts for each version how many submitted entries stand on it, and after the
// deadline names them. What the actor is excluded from is in neither.
func (s *Service) Acceptances(ctx context.Context, actor authz.Actor, challenge uuid.UUID) (byVersion map[int]int, list []Acceptance, err error) {
	c, err := Load(ctx, s.db.Pool(), challenge)
	if err != nil {
		return nil, nil, err
	}
	if err := actor.Require(authz.SeeNumbers, c.Scope()); err != nil {
		return nil, nil, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.db.Pool().Query(ctx, `
		select e.id, e.reference, t.name, e.state,
		       coalesce((select max(v.number) from rules_versions v where v.challenge_id = e.challenge_id and v.published_at <= s.submitted_at), 1),
		       greatest(coalesce(a.number, 0), coalesce((select max(v.number) from rules_versions v where v.challenge_id = e.challenge_id and v.published_at <= s.submitted_at), 1)),
		       a.accepted_at
		from entries e join teams t on t.id = e.team_id join submissions s on s.id = e.last_submission_id
		left join lateral (select number, accepted_at from rules_acceptances where entry_id = e.id order by number desc limit 1) a on true
		where e.challenge_id = $1 and e.state = 'submitted' and`+authz.NotExcluded("e.id", "$2")+`
		order by length(e.reference), e.reference`, challenge, actor.PersonID)
	if err != nil {
		return nil, nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Acceptance])
	if err != nil {
		return nil, nil, err
	}
	byVersion = map[int]int{}
	for _, a := range all {
		byVersion[a.Submitted]++
	}
	if c.AfterDeadline(now) && actor.May(authz.SeeSubmitted, c.Scope()) && !c.BlindTo(actor) {
		list = all
	}
	return byVersion, list, nil
}
