package kpi

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Definition is one indicator as a programme sets it.
type Definition struct {
	Programme   uuid.UUID
	TargetGroup string // slug of the programme's target group
	Slug        string // unique in the programme
	Parent      string // slug of the indicator it is a part of, defined before it; "" for none
	Name        lang.Text
	Definition  lang.Text                      // printed beside the figure
	Unit        map[lang.Tag]map[string]string // by language, then by plural form: {"en": {"one": "view", "other": "views"}}
	Op          string                         // "gte": reached at the target; "gt": reached above it
	Target      float64
	CountedBy   string // ContestStartups, or "" when entered by hand only
	Position    int    // order on the page
}

// Define sets indicators. It may be repeated: what is there is brought up to date, and its
// measurements stay. Indicators that are not named stay as they are.
func Define(tx database.Tx, defs []Definition) error {
	for _, d := range defs {
		if d.CountedBy != "" && d.CountedBy != ContestStartups {
			return fmt.Errorf("kpi: %s is counted by %q, which nothing here counts", d.Slug, d.CountedBy)
		}
		unit, err := json.Marshal(d.Unit)
		if err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(tx.Context(), `
			insert into indicators (id, programme_id, target_group_id, parent_id, slug, name, definition, unit, op, target, counted_by, position)
			select $1, $2, g.id, (select p.id from indicators p where p.programme_id = $2 and p.slug = $4),
			       $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, $12
			from target_groups g where g.programme_id = $2 and g.slug = $3
			on conflict on constraint indicators_slug do update set
				target_group_id = excluded.target_group_id, parent_id = excluded.parent_id, name = excluded.name,
				definition = excluded.definition, unit = excluded.unit, op = excluded.op, target = excluded.target,
				counted_by = excluded.counted_by, position = excluded.position`,
			uuid.Must(uuid.NewV7()), d.Programme, d.TargetGroup, d.Parent,
			d.Slug, d.Name, d.Definition, string(unit), d.Op, d.Target, d.CountedBy, d.Position)
		if err != nil {
			return fmt.Errorf("kpi: define %s: %w", d.Slug, err)
		}
		if tag.RowsAffected() != 1 {
			return fmt.Errorf("kpi: define %s: the programme has no target group %q", d.Slug, d.TargetGroup)
		}
	}
	return nil
}
