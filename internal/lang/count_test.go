package lang

import (
	"encoding/json"
	"os"
	"testing"
)

// The same table is put to the page's counting in web/src/i18n/count.test.ts.
func TestCounting(t *testing.T) {
	b, err := os.ReadFile("testdata/counting.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name, Text        string
		Characters, Words int
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if n := Characters(c.Text); n != c.Characters {
			t.Errorf("%s: %d characters, want %d", c.Name, n, c.Characters)
		}
		if n := Words(c.Text); n != c.Words {
			t.Errorf("%s: %d words, want %d", c.Name, n, c.Words)
		}
	}
}
