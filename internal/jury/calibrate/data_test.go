package calibrate

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// table reads a file of the shared data, without its header; a checkout without that data says so
// and leaves this one known answer out.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join("../../../../shared/data/real", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here: this known answer was not tried", name)
	}
	must(t, err)
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	must(t, err)
	return rows[1:]
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func decimal(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	must(t, err)
	return x
}

// places numbers names in the order in which they are met.
type places map[string]int

func (p places) of(name string) int {
	if at, known := p[name]; known {
		return at
	}
	p[name] = len(p)
	return len(p) - 1
}

// rounds is how often a simulation is repeated: few in every test run, many where figures are made.
func rounds(t *testing.T, few int) int {
	t.Helper()
	factor := os.Getenv("FIELDTRIAL_SIMULATIONS")
	if factor == "" {
		return few
	}
	n, err := strconv.Atoi(factor)
	must(t, err)
	return few * n
}
