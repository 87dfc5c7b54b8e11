package assign

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"testing"
	"time"
)

// timed runs f with one processor, as often as told, and gives back the seconds of the best run.
func timed(times int, f func()) float64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	best := time.Hour
	for range times {
		runtime.GC()
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best.Seconds()
}

func figure(name, format string, value any, unit string) {
	fmt.Printf("figure %s = "+format+" %s\n", name, value, unit)
}

func checked(b *testing.B, p Plan) {
	b.Helper()
	if p.Proof.Violations != 0 || p.Proof.Rounds == 0 {
		b.Fatalf("not shown to be the optimum: %+v", p.Proof)
	}
	b.Logf("%+v, %d added, %d short, %d host seats waived", p.Proof, len(p.Added), len(p.Short), len(p.Waived))
}

// The peak of the resident memory counts the whole process, the input and the test itself included.
func BenchmarkAssign10000x500(b *testing.B) {
	in := generated(10000, 500, 5, 1)
	var p Plan
	seconds := timed(1, func() { p = Make(in) })
	checked(b, p)
	figure("assign_10000x500_seconds", "%.2f", seconds, "s (one processor, 5 reviews each)")
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	if peak := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status); peak != nil {
		var kb int
		_, _ = fmt.Sscan(string(peak[1]), &kb)
		figure("assign_10000x500_mb", "%d", kb/1024, "MB (peak resident, with the input)")
	}
}

func BenchmarkAssign1000x60(b *testing.B) {
	in := generated(1000, 60, 5, 1)
	var p Plan
	seconds := timed(5, func() { p = Make(in) })
	checked(b, p)
	figure("assign_1000x60_seconds", "%.3f", seconds, "s (one processor, 5 reviews each, best of 5)")
}

func BenchmarkReseat100(b *testing.B) {
	in, lost := droppedOut(generated(10000, 500, 5, 1))
	var p Plan
	seconds := timed(5, func() { p = Make(in) })
	checked(b, p)
	if len(p.Added) != lost {
		b.Fatalf("%d seats filled of %d", len(p.Added), lost)
	}
	figure("reseat_100_ms", "%.1f", seconds*1000, fmt.Sprintf("ms (%d seats lost of 10,000 × 500 × 5, best of 5)", lost))
}
