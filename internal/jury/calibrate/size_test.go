package calibrate

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The largest contest: fit, errors, 4,000 draws and ranks. Processor time, so that a busy machine
// does not change it; memory as the kernel counts it. Where figures are made it is measured; in
// other runs a tenth of it is tried.
func TestLargestContest(t *testing.T) {
	s := plan{entries: 1000, jurors: 50, pools: 12, k: 5, entry: 8, juror: 5, error: 8}
	measured := os.Getenv("FIELDTRIAL_SIMULATIONS") != ""
	if measured {
		s.entries, s.jurors = 10000, 500
	} else {
		t.Parallel()
	}
	w := simulate(1, s)
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak counts from here
	before := processor(t)
	m, err := Fit(w.Panel)
	must(t, err)
	errors := m.EntryErrors()
	c, err := m.Confidence(fields(w.Panel, 3), Draws, [32]byte{1})
	must(t, err)
	spent := processor(t) - before
	if measured {
		t.Logf("figure rank_10000x50000_seconds = %.2f s (fit, 4,000 draws, ranks; processor time)", spent.Seconds())
		t.Logf("figure rank_10000x50000_mb = %.0f MB (peak of the whole process)", peak(t))
	}
	if len(errors) != s.entries || len(c) != s.entries || len(w.Reviews) != 5*s.entries {
		t.Fatal("not all of it was ranked")
	}
	if most := 5 * time.Second; measured && spent > most {
		t.Errorf("%v, at most %v", spent, most)
	}
	if mb := peak(t); measured && mb > 300 {
		t.Errorf("%.0f MB", mb)
	}
}

func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the process's greatest resident memory in MB, since it was last cleared.
func peak(t *testing.T) float64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	must(t, err)
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.ParseFloat(strings.Fields(kb)[0], 64)
			must(t, err)
			return n / 1024
		}
	}
	t.Fatal("the kernel does not say")
	return 0
}
