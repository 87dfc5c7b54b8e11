package embedded

import "time"

// backoff paces the restarts of a child: 0.1 s, 0.2 s, … 5 s. A child that has
// lived for a minute starts again at the beginning.
type backoff struct {
	tries   int
	started time.Time
}

const restartLimit = 20 // about 80 s of failures in a row

// born notes that the child runs.
func (b *backoff) born() { b.started = time.Now() }

// died notes that it has ended by itself.
func (b *backoff) died() {
	if time.Since(b.started) > time.Minute {
		b.tries = 0
	}
}

// wait sleeps before the next try; false when closing ends first.
func (b *backoff) wait(closing <-chan struct{}) bool {
	pause := min(100*time.Millisecond<<min(b.tries, 10), 5*time.Second)
	b.tries++
	select {
	case <-closing:
		return false
	case <-time.After(pause):
		return true
	}
}

// exhausted reports that trying again has no sense any more.
func (b *backoff) exhausted() bool { return b.tries >= restartLimit }
