package identity

import (
	"context"
	"sync"
	"time"
)

// clock follows the database's clock, so that replicas whose own clocks differ agree on when a
// token ends. It asks once a minute and keeps the difference.
type clock struct {
	read func(context.Context) (time.Time, error)

	mu     sync.Mutex
	offset time.Duration
	asked  time.Time // by the monotonic clock
}

func (c *clock) now(ctx context.Context) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked.IsZero() || time.Since(c.asked) > time.Minute {
		t, err := c.read(ctx)
		if err != nil {
			return time.Time{}, err
		}
		c.asked = time.Now()
		c.offset = t.Sub(c.asked)
	}
	return time.Now().Add(c.offset), nil
}
