package app

import (
	"net/http/httptest"
	"strings"
	"testing"

	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// A contest's gallery has words of its own for search engines and shared links, once there are results.
func TestTheGalleryIsDescribed(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	c := testkit.OpenChallenge(t, db)
	testkit.Exec(t, db, `update contests set slug = 'second-call', title = '{"ja": "第二回募集"}' where id = $1`, c.Contest)
	of := describe(db.Pool())
	at := func(path string) (title, text string, public, missing bool) {
		m := of(httptest.NewRequest("GET", path, nil), path, lang.JA)
		return m.Title, m.Description, m.Public, m.Missing
	}
	title, text, public, missing := at("/contests/second-call/gallery")
	if title != "ギャラリー – Fieldtrial" || !strings.HasPrefix(text, "第二回募集") || public || missing {
		t.Errorf("before the results: %q %q, public %v, missing %v", title, text, public, missing)
	}
	testkit.Exec(t, db, `update challenges set released_at = clock_timestamp() where id = $1`, c.Challenge)
	if _, _, public, _ = at("/contests/second-call/gallery"); !public {
		t.Error("after the results search engines are kept away")
	}
	testkit.Exec(t, db, `update contests set rehearsal = true where id = $1`, c.Contest)
	if _, _, public, _ = at("/contests/second-call/gallery"); public {
		t.Error("a rehearsal's gallery is for search engines")
	}
	if _, _, _, missing = at("/contests/none/gallery"); !missing {
		t.Error("a gallery of no contest is not missing")
	}
}
