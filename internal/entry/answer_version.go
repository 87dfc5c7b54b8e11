package entry

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
)

// versionsKept bounds the earlier texts of one answer.
const versionsKept = 50

// keepVersion keeps the text that is about to be written over: where somebody else wrote it, where it
// stood for a while, where most of it goes at once, or where an earlier text takes its place. What one
// person types on within two minutes is one text.
func keepVersion(tx database.Tx, actor authz.Actor, entry uuid.UUID, t Typed, value string) error {
	tag, err := tx.Pgx().Exec(tx.Context(), `
		insert into answer_versions (entry_id, field_id, version, value, written_by, written_at)
		select entry_id, field_id, version, value, updated_by, updated_at from answers
		where entry_id = $1 and field_id = $2 and version = $3 and value <> $4 and value <> ''
		  and (updated_by is distinct from $5 or updated_at < clock_timestamp() - interval '2 minutes'
		    or length($4) * 2 < length(value)
		    or exists (select from answer_versions v where v.entry_id = $1 and v.field_id = $2 and v.value = $4))
		on conflict do nothing`,
		entry, t.FieldID, t.Version, value, actor.PersonID)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `delete from answer_versions where entry_id = $1 and field_id = $2 and version <= (
		select version from answer_versions where entry_id = $1 and field_id = $2 order by version desc offset $3 limit 1)`,
		entry, t.FieldID, versionsKept)
	return err
}

// AnswerVersion is a text that an answer had before.
type AnswerVersion struct {
	Value   string
	Version int
	At      time.Time
	By      string // name; empty where the account is gone
}

// AnswerVersions lists the earlier texts of an answer that were kept, newest first, to its team.
func (s *Service) AnswerVersions(ctx context.Context, actor authz.Actor, id, field uuid.UUID) ([]AnswerVersion, error) {
	r, err := read(ctx, s.db.Pool(), id)
	if err != nil {
		return nil, err
	}
	c, err := contest.Load(ctx, s.db.Pool(), r.Challenge)
	if err != nil {
		return nil, err
	}
	if err := actor.Require(authz.SeeEntry, r.scope(c)); err != nil {
		return nil, err
	}
	rows, err := s.db.Pool().Query(ctx, `select v.value, v.version, v.written_at, coalesce(p.name, '')
		from answer_versions v left join people p on p.id = v.written_by
		where v.entry_id = $1 and v.field_id = $2 order by v.version desc`, id, field)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[AnswerVersion])
}
