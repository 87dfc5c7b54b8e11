package contest

import (
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// over gives the challenge as it would stand after the amendment.
func (a Amendment) over(d Dossier) Dossier {
	texts := Texts{}
	for l, t := range d.Texts {
		texts[l] = t
	}
	if a.Text != nil {
		t := texts[d.Language]
		t.Title, t.Summary = a.Text.Title, a.Text.Summary
		sections := map[string]string{}
		for k, s := range t.Sections {
			sections[k] = s
		}
		for k, s := range a.Text.Sections {
			sections[k] = s
		}
		t.Sections = sections
		texts[d.Language] = t.tidy()
	}
	d.Texts = texts
	if a.Criteria != nil {
		d.Rubric = a.Criteria
	}
	if a.Form != nil {
		d.Form = a.Form.Fields
	}
	d.Dates = OwnDates(a.Dates).Over(d.Dates)
	if a.Grace != nil {
		d.Grace = time.Duration(*a.Grace) * time.Minute
	}
	return d
}

// check lists what keeps the amendment from being published at a moment, as field errors.
func (a Amendment) check(d Dossier, now time.Time) error {
	var v fault.Check
	after := a.over(d)
	closed := !now.Before(d.Dates.Closes)
	if closed && (a.Form != nil || a.Text != nil && !d.Texts[d.Language].same(after.Texts[d.Language]) || a.Criteria != nil && !sameRubric(d.Rubric, a.Criteria)) {
		return ErrRulesClosed
	}
	if a.Text != nil { // what lacked before is no reason to keep a deadline from moving
		after.checkTexts(&v)
	}
	if a.Criteria != nil {
		after.checkCriteria(&v)
		if err := checkRubric(a.Criteria); err != nil {
			return err
		}
	}
	checkOrder(&v, after.Dates)
	moved := func(to *time.Time, from time.Time) bool { return to != nil && !to.Equal(from) }
	if moved(a.Dates.Opens, d.Dates.Opens) {
		v.That(now.Before(d.Dates.Opens), "/dates/opensAt", "passed")
		v.That(after.Dates.Opens.After(now), "/dates/opensAt", "in_the_past")
	}
	if moved(a.Dates.Closes, d.Dates.Closes) {
		v.That(!closed, "/dates/closesAt", "passed")
		v.That(after.Dates.Closes.After(d.Dates.Closes), "/dates/closesAt", "only_later")
	}
	if moved(a.Dates.JudgingEnds, d.Dates.JudgingEnds) {
		v.That(d.LockedAt == nil, "/dates/judgingEndsAt", "passed")
		v.That(after.Dates.JudgingEnds.After(now), "/dates/judgingEndsAt", "in_the_past")
	}
	if moved(a.Dates.Results, d.Dates.Results) {
		v.That(after.Dates.Results.After(now), "/dates/resultsAt", "in_the_past")
	}
	if g := a.Grace; g != nil && after.Grace != d.Grace {
		v.That(!closed, "/graceMinutes", "passed")
		v.That(*g >= 0, "/graceMinutes", "too_small", "min", 0)
		v.That(*g <= LongestGrace(after.Dates), "/graceMinutes", "too_large", "max", LongestGrace(after.Dates))
		// Once the challenge is open, teams count on the grace that they read of.
		v.That(after.Grace > d.Grace || now.Before(d.Dates.Opens), "/graceMinutes", "only_more")
	}
	return v.Err()
}

// apply writes the amendment over what stands. The caller holds the challenge and is in Amend.
func (a Amendment) apply(tx database.Tx, d Dossier, by uuid.UUID, now time.Time) error {
	if err := a.check(d, now); err != nil {
		return err
	}
	after := a.over(d)
	if t := after.Texts[d.Language]; a.Text != nil && !t.same(d.Texts[d.Language]) {
		if err := updateText(tx, d.ID, t, by); err != nil {
			return err
		}
	}
	if a.Criteria != nil {
		if err := mergeCriteria(tx, d.ID, a.Criteria); err != nil {
			return err
		}
	}
	if a.Form != nil {
		if _, err := SetForm(tx, after.Challenge, *a.Form); err != nil {
			return err
		}
	}
	// A date that moved becomes the challenge's own; the others stay with the contest.
	_, err := tx.Pgx().Exec(tx.Context(), `update challenges set opens_at = coalesce($2, opens_at), closes_at = coalesce($3, closes_at),
		judging_ends_at = coalesce($4, judging_ends_at), results_at = coalesce($5, results_at), grace_minutes = coalesce($6, grace_minutes) where id = $1`,
		d.ID, a.Dates.Opens, a.Dates.Closes, a.Dates.JudgingEnds, a.Dates.Results, a.Grace)
	return err
}

// mergeCriteria writes a rubric over another: a criterion with the same key keeps its row.
func mergeCriteria(tx database.Tx, challenge uuid.UUID, rubric []Criterion) error {
	keys := []string{}
	for _, c := range rubric {
		keys = append(keys, c.Key)
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `delete from criteria where challenge_id = $1 and key <> all($2)`, challenge, keys); err != nil {
		return err
	}
	for i, c := range rubric {
		if c.Anchors == nil {
			c.Anchors = []lang.Text{}
		}
		if _, err := tx.Pgx().Exec(tx.Context(), `insert into criteria (id, challenge_id, key, position, weight, lowest, highest, name, description, anchors, may_not_apply)
			values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
			on conflict on constraint criteria_key do update set position = excluded.position, weight = excluded.weight, lowest = excluded.lowest,
			highest = excluded.highest, name = excluded.name, description = excluded.description, anchors = excluded.anchors,
			may_not_apply = excluded.may_not_apply`,
			uuid.Must(uuid.NewV7()), challenge, c.Key, i+1, c.Weight, c.Lowest, c.Highest, c.Name, c.Description, c.Anchors, c.MayNotApply); err != nil {
			return err
		}
	}
	return nil
}

func sameRubric(a, b []Criterion) bool {
	one, _, err := Rules{Criteria: rulesCriteria(a)}.canonical()
	two, _, err2 := Rules{Criteria: rulesCriteria(b)}.canonical()
	return err == nil && err2 == nil && string(one) == string(two)
}

// onlyDates reports whether two versions differ in nothing but their dates.
func onlyDates(a, b Rules) bool {
	a.Dates, b.Dates = RulesDates{}, RulesDates{}
	_, one, err := a.canonical()
	_, two, err2 := b.canonical()
	return err == nil && err2 == nil && one == two
}
