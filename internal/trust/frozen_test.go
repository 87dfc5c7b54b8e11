package trust

import (
	"strings"

	"github.com/jackc/pgx/v5"
)

// refusal is what the frozen database says.
const refusal = "matrix: not now"

// freeze makes the database refuse the commit of every change, at the very end of its transaction:
// a request that gets that far was allowed, and the next one still meets the same world. What
// sessions, limits and the job queue write stays possible.
func (w *world) freeze() {
	c, err := pgx.Connect(w.t.Context(), w.owner)
	must(w.t, err)
	defer func() { _ = c.Close(w.t.Context()) }()
	change := func(sql string) {
		_, err := c.Exec(w.t.Context(), sql)
		must(w.t, err)
	}
	change(`create function refuse_commit() returns trigger language plpgsql as $$ begin raise exception '` + refusal + `'; end $$`)
	rows, err := c.Query(w.t.Context(), `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
		and relname not in ('sessions', 'attempts', 'idempotency_keys', 'seen', 'challenge_views') and relname !~ '^(river|goose)'`)
	must(w.t, err)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(w.t, err)
	for _, n := range names {
		change(`create constraint trigger zz_refuse after insert or update or delete on ` + n + ` deferrable initially deferred for each row execute function refuse_commit()`)
	}
}

// outcome says how an answer lets somebody in: in, out (forbidden), hidden (not found), sign-in,
// unconfirmed, or broken.
func (w *world) outcome(a answer) string {
	switch {
	case a.status == 0:
		return "broken"
	case a.status == 401 && a.code() != "account.credentials":
		return "sign-in"
	case a.status == 404 && (a.code() == "invitation.unknown" || a.code() == "account.no_city_sign_in"):
		return "in" // the token in the body was looked at
	case a.status == 422 && strings.Contains(string(a.body), `{"code":"unknown","pointer":"/teamId"}`):
		return "hidden" // so does a team that does not exist
	case a.status == 403 && a.code() == "account.unconfirmed":
		return "unconfirmed"
	case a.status == 403 && a.code() == "request.forbidden":
		return "out"
	case a.status == 404 && string(a.body) == string(w.absent):
		return "hidden"
	case a.status == 404:
		return "broken" // what is not found must always have the same bytes
	case a.status >= 500 && a.status != 503:
		if strings.Contains(w.log.of(a.header.Get("X-Request-Id")), refusal) {
			return "in"
		}
		return "broken"
	}
	return "in"
}
