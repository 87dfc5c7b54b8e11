package outreach

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"maps"
	"net/netip"
	"regexp"
	"sync"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

const (
	flushEvery = 5 * time.Second
	again      = time.Hour // a visitor counts once in it
	mostSeen   = 200_000   // visitors remembered; beyond that everybody counts anew
	mostKeys   = 20_000    // challenges, sources and quarters waiting to be written
)

// Look is somebody looking at a challenge. Address and Agent are used to tell visitors apart within
// an hour and are never kept.
type Look struct {
	Slug, From     string
	Address, Agent string
}

// counter counts in memory, so that a visitor never waits for the database. What it holds when the
// program dies is lost: views are an estimate.
type counter struct {
	mu      sync.Mutex
	salt    [32]byte
	day     time.Time
	seen    map[[16]byte]time.Time
	pending map[tally]int
	now     func() time.Time
}

// tally is what is written together. Quarter is when, to the quarter of an hour: days begin then in
// every zone.
type tally struct {
	slug, from string
	quarter    time.Time
}

func newCounter() *counter {
	return &counter{seen: map[[16]byte]time.Time{}, pending: map[tally]int{}, now: time.Now}
}

var robots = regexp.MustCompile(`(?i)bot\b|bot[/;_-]|crawl|spider|slurp|preview|facebookexternalhit|embedly|monitor|headless|scrapy|curl/|wget|python|go-http|java/|libwww|lighthouse`)

// Robot says that a program which calls itself so, or nothing, is not a person reading.
func Robot(agent string) bool { return agent == "" || robots.MatchString(agent) }

// Note counts a look. Robots, the people who run challenges and repeats within an hour do not count.
func (s *Service) Note(actor authz.Actor, l Look) {
	if Robot(l.Agent) || actor.HasAnywhere(authz.Official) || actor.HasAnywhere(authz.Admin) || actor.HasAnywhere(authz.Manager) {
		return
	}
	s.views.note(l)
}

func (c *counter) note(l Look) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if day := now.UTC().Truncate(24 * time.Hour); !day.Equal(c.day) || len(c.seen) >= mostSeen {
		_, _ = rand.Read(c.salt[:]) // yesterday's hashes can no longer be made by anybody
		c.day = day
		clear(c.seen)
	}
	who := c.mark(l)
	if at, known := c.seen[who]; known && now.Sub(at) < again {
		return
	}
	c.seen[who] = now
	key := tally{l.Slug, l.From, now.UTC().Truncate(15 * time.Minute)}
	if _, has := c.pending[key]; !has && len(c.pending) >= mostKeys {
		return
	}
	c.pending[key]++
}

// mark is a hash that only this process can make, and only today. Of an IPv6 address the network
// counts: the rest changes by itself.
func (c *counter) mark(l Look) [16]byte {
	address := l.Address
	if a, err := netip.ParseAddr(address); err == nil && a.Is6() && !a.Is4In6() {
		if p, err := a.Prefix(64); err == nil {
			address = p.String()
		}
	}
	h := sha256.New()
	h.Write(c.salt[:])
	for _, part := range []string{address, l.Agent, l.Slug} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return [16]byte(h.Sum(nil)[:16])
}

// take empties what is waiting and forgets visitors whose hour is over.
func (c *counter) take() map[tally]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.pending
	c.pending = map[tally]int{}
	now := c.now()
	maps.DeleteFunc(c.seen, func(_ [16]byte, at time.Time) bool { return now.Sub(at) >= again })
	return out
}

// putBack keeps what could not be written.
func (c *counter) putBack(list map[tally]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, n := range list {
		c.pending[k] += n
	}
}

// Flush writes down what was counted. A source that is no link of the challenge is none.
func (s *Service) Flush(ctx context.Context) error {
	list := s.views.take()
	if len(list) == 0 {
		return nil
	}
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		for k, n := range list {
			if _, err := tx.Pgx().Exec(ctx, `
				insert into challenge_views (challenge_id, day, source, views)
				select c.id, ($3::timestamptz at time zone y.time_zone)::date, coalesce(l.code, ''), $4
				from challenges c join cities y on y.id = c.lead_city_id
				left join campaign_links l on l.challenge_id = c.id and l.code = $2 and l.retired_at is null
				where c.slug = $1 and c.published_at is not null
				on conflict (challenge_id, day, source) do update set views = challenge_views.views + excluded.views`,
				k.slug, k.from, k.quarter, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.views.putBack(list)
	}
	return err
}

// Start writes down every few seconds what was counted. The function it gives ends that and writes
// the rest.
func (s *Service) Start() (stop func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(flushEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				_ = s.Flush(ctx) // kept for the next time
			}
		}
	}()
	return func(last context.Context) error {
		cancel()
		<-ended
		return s.Flush(last)
	}
}
