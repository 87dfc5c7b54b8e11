package privacy

import (
	"context"
	"encoding/csv"
	"io"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/kpi"
)

// contactHead is the first line of the file of contacts.
var contactHead = []string{"name", "email", "language", "teams", "agreed_at"}

// WriteContacts writes who agrees now that cities write to them, as CSV for spreadsheets: UTF-8 with
// BOM, RFC 4180. For officials and admins; nothing is written when the actor may not.
func (s *Service) WriteContacts(ctx context.Context, actor authz.Actor, w io.Writer) error {
	if !actor.Anywhere(authz.WriteToConsenting) {
		return fault.ErrNotFound
	}
	rows, err := s.db.Pool().Query(ctx, `select p.name, p.email, p.language,
			coalesce((select string_agg(t.name, ', ' order by t.name) from grants g join teams t on t.id = g.scope_id
				where g.person_id = p.id and g.scope_kind = 'team'), ''), x.at
		from (`+consenting+`) x join people p on p.id = x.person_id order by lower(p.name), p.id`, string(Contact), versions[Contact])
	if err != nil {
		return err
	}
	defer rows.Close()
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(contactHead); err != nil {
		return err
	}
	for rows.Next() {
		cells := make([]string, 4)
		var since time.Time
		if err := rows.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &since); err != nil {
			return err
		}
		for i := range cells {
			cells[i] = kpi.SafeCell(cells[i])
		}
		if err := out.Write(append(cells, since.UTC().Format(time.DateOnly))); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return rows.Err()
}
