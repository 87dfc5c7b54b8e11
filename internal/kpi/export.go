package kpi

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Filter narrows the participation export.
type Filter struct {
	Contest string      // slug; "" for every contest but rehearsals
	Actor   authz.Actor // authz.System for the command line
}

// WriteParticipation writes who takes part, one line an entry, as CSV: UTF-8 with BOM, RFC 4180,
// heads and words in the wanted language. It needs authz.ExportData; those who have it see team
// names before the deadline too. Test teams are in it only when a rehearsal is asked for by name.
// Nothing is written when the actor may not, or the contest does not exist (fault.ErrNotFound).
func WriteParticipation(ctx context.Context, db *database.DB, w io.Writer, l lang.Tag, f Filter) error {
	p, err := readProgramme(ctx, db)
	if err != nil {
		return err
	}
	contests, rehearsal, err := p.exported(f)
	if err != nil {
		return err
	}
	all, err := participations(ctx, db, p.ID)
	if err != nil {
		return err
	}
	verdicts := Judge(all)
	rows, err := db.Pool().Query(ctx, `
		select contest_title, coalesce(challenge_title, '{}'), city_name, time_zone, entry_id, reference, team_name, kind, country, team_city,
		       coalesce(stage, ''), stage_options, language, source, state, submitted_at
		from kpi_entries k where contest_id = any($1) and (not test or $2) and`+authz.NotExcluded("k.entry_id", "$3")+`
		order by contest, city, challenge, reference`, contests, rehearsal, f.Actor.PersonID)
	if err != nil {
		return err
	}
	defer rows.Close()
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	words := participationWords[l.Or(lang.EN)]
	if err := out.Write(words.head[:]); err != nil {
		return err
	}
	var line participant
	_, err = pgx.ForEachRow(rows, line.targets(), func() error {
		cells, err := line.cells(l.Or(lang.EN), words, verdicts)
		if err != nil {
			return err
		}
		line = participant{} // a text that is scanned twice keeps the languages of the first
		return out.Write(cells[:])
	})
	if err != nil {
		return fmt.Errorf("kpi: participation: %w", err)
	}
	out.Flush()
	return out.Error()
}

// exported lists the contests of an export, and whether it is that of a rehearsal.
func (p Programme) exported(f Filter) ([]uuid.UUID, bool, error) {
	ids := []uuid.UUID{}
	for _, c := range p.within(f.Actor, authz.ExportData) {
		if f.Contest == c.Slug {
			return []uuid.UUID{c.ID}, c.Rehearsal, nil
		}
		if f.Contest == "" && !c.Rehearsal {
			ids = append(ids, c.ID)
		}
	}
	if f.Contest != "" {
		return nil, false, fault.ErrNotFound
	}
	return ids, false, p.require(f.Actor, authz.ExportData)
}

// participant is one line as read.
type participant struct {
	contest, challenge, city                              lang.Text
	zone, reference, team, kind, country, teamCity, stage string
	options                                               []byte
	language, source, state                               string
	entry                                                 uuid.UUID
	submitted                                             *time.Time
}

func (x *participant) targets() []any {
	return []any{&x.contest, &x.challenge, &x.city, &x.zone, &x.entry, &x.reference, &x.team, &x.kind, &x.country, &x.teamCity,
		&x.stage, &x.options, &x.language, &x.source, &x.state, &x.submitted}
}

func (x *participant) cells(l lang.Tag, w words, verdicts map[uuid.UUID]Verdict) (out [columns]string, err error) {
	stage, err := optionLabel(x.options, x.stage, l)
	if err != nil {
		return out, err
	}
	submitted := ""
	if x.submitted != nil {
		zone, err := time.LoadLocation(x.zone)
		if err != nil {
			return out, err
		}
		submitted = x.submitted.In(zone).Format(time.RFC3339)
	}
	counted := w.no
	if verdicts[x.entry] == Counted {
		counted = w.yes
	}
	out = [columns]string{
		in(x.contest, l), in(x.challenge, l), in(x.city, l), x.reference, x.team, w.kinds[x.kind], x.country, w.regions[Region(x.country)],
		x.teamCity, stage, x.language, x.source, w.states[x.state], submitted, counted,
	}
	for i := range out {
		out[i] = safeCell(out[i])
	}
	return out, nil
}

func in(t lang.Text, l lang.Tag) string {
	s, _ := t.In(l)
	return s
}

// optionLabel gives the words of a choice. A key that the form no longer has is shown as it is.
func optionLabel(options []byte, key string, l lang.Tag) (string, error) {
	if key == "" || len(options) == 0 {
		return key, nil
	}
	var list []struct {
		Key   string    `json:"key"`
		Label lang.Text `json:"label"`
	}
	if err := json.Unmarshal(options, &list); err != nil {
		return "", err
	}
	for _, o := range list {
		if o.Key == key {
			return in(o.Label, l), nil
		}
	}
	return key, nil
}
