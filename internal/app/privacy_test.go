package app

import (
	"encoding/json"
	"strings"
	"testing"

	"fieldtrial/internal/privacy"
)

func TestPeoplesDataFromTheCommandLine(t *testing.T) {
	run := commandLine(t)
	if code, _, errs := run("seed", "msec"); code != 0 {
		t.Fatal(errs)
	}
	code, out, errs := run("people", "retention", "--dry-run")
	if code != 0 || !strings.Contains(out, "would go") || !strings.Contains(out, "90 days after the close") || !strings.Contains(out, "24 months after the results") {
		t.Errorf("dry run: %d %s %s", code, out, errs)
	}
	if code, out, errs = run("people", "retention"); code != 0 || !strings.Contains(out, "deleted") {
		t.Errorf("retention: %d %s %s", code, out, errs)
	}
	if code, out, _ = run("people", "erasures"); code != 0 || out != "" {
		t.Errorf("erasures: %d %q", code, out)
	}
	list, _ := json.Marshal(privacy.Erasure{})
	if code, out, errs = run("people", "erase-again", written(t, "erasures.jsonl", string(list)+"\n")); code != 0 || !strings.HasPrefix(out, "0 of 1 erased again") {
		t.Errorf("erase again: %d %s %s", code, out, errs)
	}
	if code, _, errs = run("people", "erase-again", written(t, "broken.jsonl", "{")); code != 1 || !strings.Contains(errs, "broken.jsonl") {
		t.Errorf("a broken list: %d %s", code, errs)
	}
	for _, args := range [][]string{{"people"}, {"people", "retention", "--now"}, {"people", "erase-again"}} {
		if code, _, _ := run(args...); code != 2 {
			t.Errorf("%v: %d", args, code)
		}
	}
}
