package trust

import (
	"fmt"
	"sync/atomic"
	"time"
)

// writing says how the texts of an operation are written and read again.
type writing struct {
	who     string
	stage   string                       // of the challenge; open
	lines   []string                     // pointers of texts of one line
	texts   []string                     // pointers of texts of many
	body    func(w *world, s *stage) any // what else is in the body; the least that fits the contract
	before  []string                     // SQL that makes the deed possible again
	version string                       // SQL for what If-Match wants
	read    string                       // where it is read; the operation's own answer
	sql     string                       // what was kept, where no answer shows it
	called  map[string]string            // pointers of refusals that name a field otherwise
	path    string                       // where the contract's has an id that no stage holds
	file    string                       // the field that names a file: folders before it go
	lower   string                       // the field that is kept in lower case
	costly  bool                         // hashes passwords
}

// with gives the body without the strings.
func (wr writing) with(w *world, s *stage, o operation) (any, error) {
	if wr.body != nil {
		return plainOf(wr.body(w, s))
	}
	return plainOf(sample(o.body, "", w.known(s)))
}

var serial atomic.Int64

func unique(prefix string) string { return fmt.Sprintf("%s%d", prefix, serial.Add(1)) }

func in(days int) string { return time.Now().AddDate(0, 0, days).UTC().Format(time.RFC3339) }

// later is in that many days, each time a second after the last.
func later(days int) string {
	return time.Now().AddDate(0, 0, days).Add(time.Duration(serial.Add(1)) * time.Second).UTC().Format(time.RFC3339)
}

type (
	object = map[string]any
	list   = []any
)

func words(s string) object { return object{"en": s, "es": s, "ja": s} }

// each gives the pointers of a text by language.
func each(at ...string) (out []string) {
	for _, a := range at {
		for _, l := range []string{"en", "es", "ja"} {
			out = append(out, a+"/"+l)
		}
	}
	return out
}

func criterion() object {
	return object{"key": "impact", "name": words("Impact"), "description": words("How much"), "weight": 100, "lowest": 0, "highest": 1, "anchors": list{words("None"), words("Much")}}
}

// datesOf are the dates of a stage's contest, which stay as they are.
func (w *world) datesOf(s *stage) object {
	var opens, closes, judged, results time.Time
	must(w.t, w.db.Pool().QueryRow(w.t.Context(), `select opens_at, closes_at, judging_ends_at, results_at from contests where id = $1`, s.contest).Scan(&opens, &closes, &judged, &results))
	return object{"opensAt": opens, "closesAt": closes, "judgingEndsAt": judged, "resultsAt": results}
}

const (
	challengeVersion = `select version from challenges where id = '{challenge}'`
	questionVersion  = `select version from questions where id = '{question}'`
)

// inTenDays brings the deadline back to where it was.
var inTenDays = []string{`update challenges set closes_at = clock_timestamp() + interval '10 days', judging_ends_at = clock_timestamp() + interval '24 days',
	results_at = clock_timestamp() + interval '31 days' where id = '{challenge}'`}

const passkey = "00000000-0000-7000-8000-0000000000aa"

// seated gives the juror an entry back that was given away.
var seated = []string{`delete from exclusions where entry_id = '{entry}' and person_id in (select id from people where name = 'juror')`,
	`update assignments set ended_at = null, ended_why = '' where id = '{assignment}'`}
