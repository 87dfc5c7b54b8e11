package team

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
)

// Stocked is a team of a demonstration. It is marked as a test, so that it counts nowhere.
type Stocked struct {
	ID uuid.UUID
	Form
}

// Stock writes many teams at once, without members.
func Stock(tx database.Tx, teams []Stocked) error {
	rows := make([][]any, len(teams))
	for i, t := range teams {
		if err := t.tidy(); err != nil {
			return err
		}
		rows[i] = []any{t.ID, t.Name, t.LatinName, t.Kind, t.Country, t.City, t.Website, t.Source, true, `{"demo": true}`}
	}
	_, err := tx.Pgx().CopyFrom(tx.Context(), pgx.Identifier{"teams"},
		[]string{"id", "name", "latin_name", "kind", "country", "city", "website", "source", "test", "profile"}, pgx.CopyFromRows(rows))
	return err
}

// ClearStock removes the teams of earlier demonstrations that have no entry any more.
func ClearStock(tx database.Tx) error {
	_, err := tx.Pgx().Exec(tx.Context(), `delete from teams t where t.test and t.profile ? 'demo' and not exists (select from entries e where e.team_id = t.id)`)
	return err
}
