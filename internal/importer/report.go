// Package importer brings over what others published: closed challenges of a public feed and lists of
// organisations. It reads, tidies and reports; what is kept goes through the services of the rooms
// that own it.
package importer

import (
	"encoding/json"
	"fmt"
	"io"

	"fieldtrial/internal/contest"
)

// Report says what came of an import. Every thing read is either imported or refused.
type Report struct {
	Source    string `json:"source"`
	Read      int    `json:"read"`
	Imported  int    `json:"imported"` // created, updated or there already
	Created   int    `json:"created"`
	Updated   int    `json:"updated"`
	Unchanged int    `json:"unchanged"`
	Noted     []Line `json:"noted"`   // imported, with something to look at
	Refused   []Line `json:"refused"` // not imported, and why
}

// Line names one thing and what is to be said of it.
type Line struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Notes []string `json:"notes"`
}

// Changes is how many things the import wrote.
func (r Report) Changes() int { return r.Created + r.Updated }

func (r *Report) count(o contest.Outcome, l Line) {
	r.Imported++
	switch o {
	case contest.Created:
		r.Created++
	case contest.Updated:
		r.Updated++
	default:
		r.Unchanged++
	}
	if len(l.Notes) > 0 {
		r.Noted = append(r.Noted, l)
	}
}

func (r *Report) refuse(l Line, why string) {
	l.Notes = []string{why}
	r.Refused = append(r.Refused, l)
}

// Write prints the report for a person, or as JSON.
func (r Report) Write(w io.Writer, asJSON bool) error {
	if r.Noted == nil {
		r.Noted = []Line{}
	}
	if r.Refused == nil {
		r.Refused = []Line{}
	}
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	fmt.Fprintf(w, "%s: %d read\n", r.Source, r.Read)
	fmt.Fprintf(w, "imported            %5d  (%d new, %d changed, %d as they were)\n", r.Imported, r.Created, r.Updated, r.Unchanged)
	for _, part := range []struct {
		head  string
		lines []Line
	}{{"imported with a note", r.Noted}, {"refused             ", r.Refused}} {
		fmt.Fprintf(w, "%s%5d\n", part.head, len(part.lines))
		for _, l := range part.lines {
			fmt.Fprintf(w, "  %s  %s\n", l.ID, l.Title)
			for _, n := range l.Notes {
				fmt.Fprintf(w, "      %s\n", n)
			}
		}
	}
	return nil
}
