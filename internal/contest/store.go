package contest

import (
	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

func setCities(tx database.Tx, challenge uuid.UUID, cities []uuid.UUID) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from challenge_cities where challenge_id = $1`, challenge); err != nil {
		return err
	}
	tag, err := tx.Pgx().Exec(tx.Context(), `insert into challenge_cities (challenge_id, city_id, position)
		select $1, c, n from unnest($2::uuid[]) with ordinality as x(c, n) where exists (select from cities where id = c)
		on conflict do nothing`, challenge, cities)
	if err == nil && int(tag.RowsAffected()) != len(cities) {
		err = fault.ErrInvalid.At("/cityIds", "unknown", nil)
	}
	return err
}

// setTestbeds offers testbeds that are open to contests and lie in one of the hosts.
func setTestbeds(tx database.Tx, challenge uuid.UUID, cities, testbeds []uuid.UUID) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from challenge_testbeds where challenge_id = $1`, challenge); err != nil {
		return err
	}
	tag, err := tx.Pgx().Exec(tx.Context(), `insert into challenge_testbeds (challenge_id, testbed_id)
		select $1, b.id from testbeds b where b.id = any($2) and b.open
		and exists (select from testbed_cities tc where tc.testbed_id = b.id and tc.city_id = any($3))`, challenge, testbeds, cities)
	if err == nil && int(tag.RowsAffected()) != len(testbeds) {
		err = fault.ErrInvalid.At("/testbedIds", "not_a_choice", nil)
	}
	return err
}

func insertText(tx database.Tx, challenge uuid.UUID, t Text, by uuid.UUID) error {
	_, err := tx.Pgx().Exec(tx.Context(), `insert into challenge_texts (challenge_id, language, title, summary,
		problem, context, success, resources, eligibility, demonstration, terms, source_version, version, updated_by)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`, append([]any{challenge, string(t.Language), t.Title, t.Summary},
		append(t.body(), t.SourceVersion, t.Version, person(by))...)...)
	return err
}

// updateText replaces the text that stands at t.Version; fault.ErrStale when another one does.
func updateText(tx database.Tx, challenge uuid.UUID, t Text, by uuid.UUID) error {
	tag, err := tx.Pgx().Exec(tx.Context(), `update challenge_texts set title = $4, summary = $5, problem = $6, context = $7, success = $8,
		resources = $9, eligibility = $10, demonstration = $11, terms = $12, source_version = $13, updated_by = $14,
		version = version + 1, updated_at = clock_timestamp() where challenge_id = $1 and language = $2 and version = $3`,
		append([]any{challenge, string(t.Language), t.Version, t.Title, t.Summary}, append(t.body(), t.SourceVersion, person(by))...)...)
	if err == nil && tag.RowsAffected() != 1 {
		err = fault.ErrStale
	}
	return err
}

func (t Text) body() []any {
	out := make([]any, len(SectionKeys))
	for i, k := range SectionKeys {
		out[i] = t.Sections[k]
	}
	return out
}

func replaceCriteria(tx database.Tx, challenge uuid.UUID, rubric []Criterion) error {
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from criteria where challenge_id = $1`, challenge); err != nil {
		return err
	}
	for i, c := range rubric {
		if c.Anchors == nil {
			c.Anchors = []lang.Text{}
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into criteria (id, challenge_id, key, position, weight, lowest, highest, name, description, anchors, may_not_apply)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
			uuid.Must(uuid.NewV7()), challenge, c.Key, i+1, c.Weight, c.Lowest, c.Highest, c.Name, c.Description, c.Anchors, c.MayNotApply); err != nil {
			return err
		}
	}
	return nil
}

// touched notes that authors changed something; rules says that it was more than a text.
func touched(tx database.Tx, challenge uuid.UUID, rules bool) error {
	_, err := tx.Pgx().Exec(tx.Context(), `update challenges set updated_at = clock_timestamp(),
		version = version + case when $2 then 1 else 0 end where id = $1`, challenge, rules)
	return err
}
