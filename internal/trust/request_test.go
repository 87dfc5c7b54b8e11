package trust

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"fieldtrial/api"
)

// operation is one line of the contract.
type operation struct {
	id, method, path string
	public           bool
	body             *openapi3.Schema
	needsVersion     bool
	queries          []string // names of the parameters in the query
}

// operations lists the contract's, by id.
func operations(t testing.TB) []operation {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(api.Document)
	must(t, err)
	var out []operation
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			o := operation{id: op.OperationID, method: method, path: path, public: op.Security != nil && len(*op.Security) == 0}
			if op.RequestBody != nil {
				o.body = op.RequestBody.Value.Content["application/json"].Schema.Value
			}
			for _, p := range append(append(openapi3.Parameters{}, item.Parameters...), op.Parameters...) {
				o.needsVersion = o.needsVersion || p.Value.Name == "If-Match"
				if p.Value.In == "query" {
					o.queries = append(o.queries, p.Value.Name)
				}
			}
			out = append(out, o)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].id < out[j].id })
	return out
}

// sample gives the least value that fits a schema; known gives values for properties by name.
func sample(s *openapi3.Schema, name string, known map[string]any) any {
	if s.Properties["en"] != nil && s.Properties["ja"] != nil {
		return map[string]any{"en": "Words enough"} // a text by language
	}
	if v, ok := known[name]; ok && name != "" {
		return v
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		if len(list) > 0 {
			return sample(list[0].Value, name, known)
		}
	}
	out := map[string]any{}
	for _, part := range s.AllOf {
		if m, ok := sample(part.Value, "", known).(map[string]any); ok {
			for k, v := range m {
				out[k] = v
			}
		}
	}
	switch {
	case s.Type.Is("object") || len(s.Properties) > 0 || len(s.AllOf) > 0:
		for _, r := range s.Required {
			if p := s.Properties[r]; p != nil {
				out[r] = sample(p.Value, r, known)
			}
		}
		return out
	case s.Type.Is("array"):
		list := []any{}
		for range s.MinItems {
			list = append(list, sample(s.Items.Value, name, known))
		}
		return list
	case s.Type.Is("boolean"):
		return true
	case s.Type.Is("integer"), s.Type.Is("number"):
		if s.Min != nil {
			return *s.Min
		}
		return 1
	}
	return word(s)
}

func word(s *openapi3.Schema) string {
	switch s.Format {
	case "uuid":
		return "00000000-0000-7000-8000-000000000000"
	case "date-time":
		return time.Now().Add(72 * time.Hour).UTC().Format(time.RFC3339)
	case "date":
		return time.Now().AddDate(0, 0, 3).Format("2006-01-02")
	case "email":
		return "somebody@example.org"
	case "uri":
		return "https://example.org/"
	case "byte":
		return "AAAA" // in base 64
	}
	if s.Pattern != "" {
		for _, try := range []string{"ES", "1", "abcd1234", "a-slug", strings.Repeat("ab", 32), "#123456"} {
			if ok, _ := regexp.MatchString(s.Pattern, try); ok {
				return try
			}
		}
	}
	return strings.Repeat("word ", int(s.MinLength)/5+1)
}

// known are the values of this stage for the properties of request bodies.
func (w *world) known(s *stage) map[string]any {
	v := map[string]any{
		"contestId": s.contest, "leadCityId": w.rows.Santander, "cityId": w.rows.Santander, "cityIds": []any{w.rows.Santander}, "teamId": w.team.Team,
		"fieldId": s.challenge.Fields["title"], "testbedId": w.rows.TestbedEU, "entryId": s.rival.Entry, "seatId": w.seats["juror"+s.contest.String()], "email": "somebody@example.org",
		"name": "Somebody", "language": "en", "zone": "Europe/Madrid", "timeZone": "Europe/Madrid", "reason": "A reason that is long enough.",
		"role": "juror", "scopeKind": "contest", "scopeId": s.contest, "password": "another quiet passphrase",
	}
	return v
}

// request fills an operation's path and body with what this stage holds.
func (w *world) request(o operation, s *stage) (path string, body any, headers []string) {
	path = o.path
	id := func(v any) string { return fmt.Sprint(v) }
	at := map[string]string{
		"/entries/{id}": id(s.own.Entry), "/files/{id}": id(s.own.File), "/manage/challenges/{id}": id(s.challenge.Challenge),
		"/jury/challenges/{id}": id(s.challenge.Challenge), "/jury/assignments/{id}": id(s.assignment), "/manage/reviews/{id}": id(s.review),
		"/manage/questions/{id}": id(s.question), "/manage/edits/{id}": id(s.edit), "/manage/resources/{id}": id(s.resource),
		"/manage/entries/{id}": id(s.own.Entry), "/manage/translation-requests/{id}": id(s.request), "/campaign-links/{id}": id(s.link),
		"/screening-runs/{id}": id(s.run), "/manage/contests/{id}": id(s.contest), "/teams/{id}": id(w.team.Team),
		"/organisations/{id}": w.row("select id from teams where unclaimed"), "/cities/{id}": id(w.rows.Santander), "/testbeds/{id}": id(w.rows.TestbedEU), "/slots/{id}": id(w.rows.SlotEU),
		"/manage/seats/{id}": id(w.seats["juror"+s.contest.String()]), "/admin/breaches/{id}": w.row("select id from breaches limit 1"),
		"/people/{id}": id(w.people["member"].actor.PersonID),
	}
	for prefix, v := range at {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			path = v1(prefix, v) + path[len(prefix):]
		}
	}
	contestSlug := "contest"
	if s.state == "ended" {
		contestSlug = "ended"
	}
	path = strings.NewReplacer(
		"/challenges/{slug}", "/challenges/"+s.challenge.Slug, "/contests/{slug}", "/contests/"+contestSlug, "/kpi/{slug}", "/kpi/"+w.indicator,
		"{lang}", "en", "{seatId}", id(w.seats["juror"+s.contest.String()]), "{purpose}", "news", "{fieldId}", id(s.challenge.Fields["title"]), "{fileId}", id(s.own.File), "{entryId}", id(s.rival.Entry), "{personId}", id(w.people["viewer"].actor.PersonID),
		"{invitationId}", w.row("select id from invitations where scope_kind = 'team' limit 1"),
		"/admin/claims/{id}", "/admin/claims/"+w.row("select id from team_claims limit 1"),
		"/admin/notices/{id}", "/admin/notices/"+w.row("select id from notices limit 1"),
		"/admin/jobs/{id}", "/admin/jobs/"+w.row("select min(id) from river_job"),
		"/grants/{id}", "/grants/"+w.row("select id from grants where role = 'juror' limit 1"),
		"/invitations/{id}", "/invitations/"+w.row("select id from invitations where scope_kind = 'contest' limit 1"),
		"/measurements/{id}", "/measurements/"+w.row("select id from measurements limit 1"),
	).Replace(path)
	if o.needsVersion {
		headers = append(headers, "If-Match", `"1"`)
	}
	if o.body != nil {
		body = sample(o.body, "", w.known(s))
		if change, ok := bodies[o.id]; ok {
			body = change(w, s)
		}
		raw, _ := json.Marshal(body)
		body = string(raw)
	}
	return path + queries[o.id], body, headers
}

// queries are the parameters without which an operation answers nothing.
var queries = map[string]string{
	"findOrganisations": "?q=nube", "getConsistency": "?from=0&to=0", "linkJuryFile": "?disposition=view", "listTranslations": "?target=en",
}

// bodies are given where the least that fits the contract would be refused before anybody is asked
// who is asking.
var bodies = map[string]func(w *world, s *stage) any{
	"inviteTeamMember": func(*world, *stage) any { return map[string]any{"email": "new@example.org", "role": "team_viewer"} },
	"changeTeamMember": func(*world, *stage) any { return map[string]any{"role": "team_editor"} },
	"offerTeam":        func(w *world, _ *stage) any { return map[string]any{"to": w.people["viewer"].actor.PersonID} },
	"createInvitation": func(_ *world, s *stage) any {
		return map[string]any{"email": "new@example.org", "language": "en", "role": "juror", "scopeKind": "contest", "scopeId": s.contest}
	},
	"addResourceLink": func(*world, *stage) any {
		return map[string]any{"title": map[string]any{"en": "Data"}, "url": "https://example.org/data"}
	},
	"addResourceFile": func(*world, *stage) any {
		return map[string]any{"title": map[string]any{"en": "Data"}, "name": "data.pdf", "size": 10}
	},
}

func v1(prefix, id string) string { return strings.Replace(prefix, "{id}", id, 1) }

// row reads one id that hangs on no stage.
func (w *world) row(sql string) string {
	if v, ok := w.ids[sql]; ok {
		return v
	}
	var v *string
	must(w.t, w.db.Pool().QueryRow(w.t.Context(), "select ("+sql+")::text").Scan(&v))
	if v == nil {
		w.t.Fatalf("the world lacks %s", sql)
	}
	w.ids[sql] = *v
	return *v
}
