package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Every fault that the program can raise is a sentence in each language of the page.
func TestEveryProblemIsTranslated(t *testing.T) {
	for _, l := range lang.All {
		known := map[string]bool{}
		files, err := filepath.Glob("../../web/src/api/problems/*." + string(l) + ".json")
		if err != nil || len(files) == 0 {
			t.Fatal("no translated problems found", err)
		}
		for _, path := range files {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var texts map[string]any
			if err := json.Unmarshal(b, &texts); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			for code, text := range texts {
				known[code] = text != ""
			}
		}
		for code := range fault.Codes() {
			if !known[code] {
				t.Errorf("%s has no sentence in %s", code, l)
			}
		}
	}
}
