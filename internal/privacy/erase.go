package privacy

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// EraseMe erases the actor's account for good.
func (s *Service) EraseMe(ctx context.Context, actor authz.Actor) error {
	if err := actor.RequireRecent(); err != nil {
		return err
	}
	return s.db.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		return erase(tx, actor.PersonID, false)
	})
}

// Erase erases somebody who asked for it in another way, such as by letter.
func (s *Service) Erase(ctx context.Context, actor authz.Actor, person uuid.UUID) error {
	if err := actor.Require(authz.ManagePeople, authz.Scope{}); err != nil {
		return err
	}
	if err := actor.RequireRecent(); err != nil {
		return err
	}
	return s.db.InTx(database.WithIdempotency(ctx, database.Idempotency{}), func(tx database.Tx) error {
		return erase(tx, person, true)
	})
}

// Erasure is one line of the list that a restore replays.
type Erasure struct {
	Person  uuid.UUID `json:"person"`
	At      time.Time `json:"at"`
	ByAdmin bool      `json:"byAdmin"`
}

// Erasures lists all erasures, the oldest first. Keep it apart from the backups.
func Erasures(ctx context.Context, q database.Queryer) ([]Erasure, error) {
	rows, err := q.Query(ctx, `select person_id, erased_at, by_admin from erasures order by erased_at, person_id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Erasure])
}

// Replay erases again, after an older backup was restored, who was erased since. People that the
// backup does not know, or knows as erased, are passed over. It gives how many were erased.
func Replay(ctx context.Context, db *database.DB, list []Erasure) (int, error) {
	n := 0
	for _, e := range list {
		err := db.InTx(ctx, func(tx database.Tx) error {
			var there bool
			if err := tx.Pgx().QueryRow(ctx, `select exists (select from people where id = $1 and erased_at is null)`, e.Person).Scan(&there); err != nil || !there {
				return err
			}
			n++
			return wipe(tx, e.Person, e.ByAdmin)
		})
		if err != nil {
			return n, fmt.Errorf("erase %s again: %w", e.Person, err)
		}
	}
	return n, nil
}

func erase(tx database.Tx, person uuid.UUID, byAdmin bool) error {
	ctx := tx.Context()
	if err := tx.Lock("identity: admins"); err != nil {
		return err
	}
	var admin, lastAdmin, owner, judging bool
	err := tx.Pgx().QueryRow(ctx, `select
		exists (select from grants where person_id = p.id and role = 'admin'),
		not exists (select from grants g join people o on o.id = g.person_id where g.role = 'admin' and o.id <> p.id
			and o.disabled_at is null and o.confirmed_at is not null and (g.expires_at is null or g.expires_at > clock_timestamp())),
		exists (select from grants g where g.person_id = p.id and g.role = 'team_owner'
			and not exists (select from grants o where o.scope_kind = 'team' and o.scope_id = g.scope_id and o.role = 'team_owner' and o.person_id <> p.id)
			and exists (select from grants o where o.scope_kind = 'team' and o.scope_id = g.scope_id and o.person_id <> p.id)),
		exists (select from entries e join challenges c on c.id = e.challenge_id
			where e.state = 'submitted' and c.released_at is null and e.team_id in (`+soleTeams+`))
		from people p where p.id = $1 and p.erased_at is null for update`, person).Scan(&admin, &lastAdmin, &owner, &judging)
	switch {
	case database.NotFound(err):
		return fault.ErrNotFound
	case err != nil:
		return err
	case admin && lastAdmin:
		return ErrLastAdmin
	case owner:
		return ErrOwnsTeam
	case judging:
		return ErrJudging
	}
	return wipe(tx, person, byAdmin)
}

// soleTeams are the teams in which the person $1 is alone: their entries are the person's own.
const soleTeams = `select g.scope_id from grants g where g.person_id = $1 and g.scope_kind = 'team'
	and not exists (select from grants o where o.scope_kind = 'team' and o.scope_id = g.scope_id and o.person_id <> $1)`

// goneEntries are the entries of those teams.
const goneEntries = `(select e.id, exists (select from awards a where a.entry_id = e.id) as awarded from entries e where e.team_id in (` + soleTeams + `))`

// wipeSteps take everything of a person out, in order; $1 is the person. What others rely on stays
// without a name: scores under the seat's pseudonym, frozen figures, the log of who saw what, awards
// with title, team and date.
var wipeSteps = []string{
	// Entries of teams in which the person was alone. What opens their leaves in the record goes; the
	// leaves, and so everyone else's receipts, stay.
	`delete from record_openings o using record_leaves l, ` + goneEntries + ` g where o.leaf_id = l.id and l.subject = g.id`,
	`update submissions s set answers = case when g.awarded and s.answers ? 'title' then jsonb_build_object('title', s.answers -> 'title') else '{}' end, files = '[]'
		from ` + goneEntries + ` g where s.entry_id = g.id`,
	`delete from answers a using ` + goneEntries + ` g where a.entry_id = g.id and not (g.awarded and exists (select from form_fields f where f.id = a.field_id and f.key = 'title'))`,
	`delete from answer_versions a using ` + goneEntries + ` g where a.entry_id = g.id`,
	`delete from conflict_namings n using ` + goneEntries + ` g where n.entry_id = g.id`,
	`update screenings x set note = '' from ` + goneEntries + ` g where x.entry_id = g.id`,
	`update corrections x set note = '' from ` + goneEntries + ` g where x.entry_id = g.id`,
	`update files f set removed_at = coalesce(f.removed_at, clock_timestamp()), name = 'erased', scan_detail = '' from ` + goneEntries + ` g where f.entry_id = g.id`,
	`update entries e set gallery = false, gallery_by = null, state = case when e.state = 'draft' then 'withdrawn' else e.state end,
		withdrawn_at = case when e.state = 'draft' then clock_timestamp() else e.withdrawn_at end from ` + goneEntries + ` g where e.id = g.id`,
	`update teams t set name = case when exists (select from awards a join entries e on e.id = a.entry_id where e.team_id = t.id) then t.name else '—' end,
		latin_name = '', website = '', city = '', partners = '{}', profile = '{}' where t.id in (` + soleTeams + `)`,

	// Ways in, and what was written to them.
	`delete from sessions where person_id = $1`, `delete from mail_tokens where person_id = $1`, `delete from totp_secrets where person_id = $1`,
	`delete from recovery_codes where person_id = $1`, `delete from passkeys where person_id = $1`, `delete from api_tokens where person_id = $1`,
	`delete from oidc_links where person_id = $1`, `delete from email_changes where person_id = $1`, `delete from account_events where person_id = $1`,
	`delete from notices n using people p where p.id = $1 and (n.person_id = p.id or n.email = p.email)`,
	`delete from invitations i using people p where p.id = $1 and i.email = p.email and i.accepted_at is null`,
	`update invitations i set email = 'erased@erased.invalid', name = '' from people p where p.id = $1 and i.email = p.email`,
	`delete from translation_requests r using people p where p.id = $1 and r.email = p.email`,

	// What they did as themselves.
	`delete from follows where person_id = $1`, `delete from entry_reminders where person_id = $1`, `delete from consents where person_id = $1`,
	`delete from data_copies where person_id = $1`, `delete from team_claims where person_id = $1`, `delete from team_transfers where from_id = $1 or to_id = $1`,
	`delete from questions where asked_by = $1 and answered_at is null`,
	`update questions set asked_by = null where asked_by = $1`,
	`update exclusions set reason = '' where person_id = $1`,
	// What a chair or a team wrote about their relations; the ruling itself stands.
	`update conflict_namings set named_by = null where named_by = $1`,
	`update conflict_namings n set reason = '—' from seats s where s.id = n.seat_id and s.person_id = $1`,
	`update conflict_rulings r set reason = '—', to_team = case when to_team = '' then '' else '—' end from seats s where s.id = r.seat_id and s.person_id = $1`,
	`update seats set person_id = null, active = false, languages = '{}', tags = '{}', organisations = '{}', max_reviews = null where person_id = $1`,
	`delete from grants where person_id = $1`,
	`update people set email = 'erased-' || id || '@erased.invalid', name = '—', password_hash = '', language = 'en', time_zone = 'UTC',
		demo = false, confirmed_at = null, disabled_at = coalesce(disabled_at, clock_timestamp()), erased_at = clock_timestamp(), version = version + 1 where id = $1`,
}

func wipe(tx database.Tx, person uuid.UUID, byAdmin bool) error {
	ctx := tx.Context()
	for i, sql := range wipeSteps {
		if _, err := tx.Pgx().Exec(ctx, sql, person); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
	}
	_, err := tx.Pgx().Exec(ctx, `insert into erasures (person_id, by_admin) values ($1, $2)`, person, byAdmin)
	return err
}
