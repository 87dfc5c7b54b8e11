package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// ChallengeGov is the host of the feed, and the short name of the archive that its challenges go to.
const ChallengeGov = "challenge-gov"

// feedZone is the one in which the feed means its dates: US Eastern time, which some of them name.
const feedZone = "America/New_York"

// Progress is told after each thing how many of how many are done.
type Progress func(done, all int)

// Challenges reads a feed of closed challenges, as challenge.gov publishes it, into the archive of
// that host. Each challenge is kept in a transaction of its own: an import that is stopped can be run
// again, and goes on where it was. What came before in the same words is left alone.
func Challenges(ctx context.Context, s *contest.Service, source string, r io.Reader, told Progress) (Report, error) {
	out := Report{Source: source}
	items, err := readFeed(r)
	if err != nil {
		return out, err
	}
	out.Read = len(items)
	zone, err := time.LoadLocation(feedZone)
	if err != nil {
		return out, err
	}
	all := make([]candidate, len(items))
	for i, item := range items {
		all[i] = item.challenge(zone)
	}
	stopped := func(done int) error {
		return fmt.Errorf("stopped after %d of %d; run it again to go on: %w", done, len(all), ctx.Err())
	}
	archive, err := s.OpenArchive(ctx, authz.System, archiveOf(all))
	if ctx.Err() != nil {
		err = stopped(0)
	}
	if err != nil {
		return out, err
	}
	seen := map[string]bool{}
	settle := func() error { return s.Settle(context.WithoutCancel(ctx)) }
	for i, c := range all {
		err := ctx.Err()
		if err == nil {
			err = out.keep(ctx, s, archive, c, seen)
		}
		if ctx.Err() != nil {
			err = stopped(i)
		}
		if err != nil {
			return out, errors.Join(err, settle())
		}
		if told != nil {
			told(i+1, len(all))
		}
	}
	return out, settle()
}

// keep brings in one challenge. What its own content forbids is a refusal; everything else ends the
// import.
func (r *Report) keep(ctx context.Context, s *contest.Service, archive contest.Edition, c candidate, seen map[string]bool) error {
	l := Line{ID: c.ExternalID, Title: c.Title, Notes: c.notes}
	switch {
	case c.ExternalID == "":
		r.refuse(l, "it has neither a challenge-id nor a permalink to know it by")
		return nil
	case seen[c.ExternalID]:
		r.refuse(l, "this id stands in the file a second time")
		return nil
	}
	seen[c.ExternalID] = true
	o, err := s.Keep(ctx, authz.System, archive, ChallengeGov, c.Kept)
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		r.refuse(l, reasons(f))
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s %q: %w", c.ExternalID, c.Title, err)
	}
	r.count(o, l)
	return nil
}

func reasons(f *fault.Error) string {
	out := []string{}
	for _, x := range f.Fields {
		out = append(out, strings.TrimPrefix(x.Pointer, "/")+" is "+strings.ReplaceAll(x.Code, "_", " "))
	}
	return strings.Join(out, ", ")
}

// archiveOf spans the dates of what it keeps.
func archiveOf(all []candidate) contest.Archive {
	var first, last time.Time
	for _, c := range all {
		for _, at := range []*time.Time{c.Opens, c.Closes} {
			if at == nil {
				continue
			}
			if first.IsZero() || at.Before(first) {
				first = *at
			}
			if at.After(last) {
				last = *at
			}
		}
	}
	if first.IsZero() {
		first = time.Date(2010, time.September, 1, 4, 0, 0, 0, time.UTC) // the year in which the site opened
		last = first
	}
	last = last.Add(time.Minute)
	return contest.Archive{
		Slug: ChallengeGov, Host: ChallengeGov, Country: "US", Zone: feedZone, Language: lang.EN,
		HostName: lang.Text{lang.EN: "Challenge.gov", lang.ES: "Challenge.gov", lang.JA: "Challenge.gov"},
		Title:    lang.Text{lang.EN: "Challenge.gov archive", lang.ES: "Archivo de Challenge.gov", lang.JA: "Challenge.gov アーカイブ"},
		Dates:    contest.Dates{Opens: first, Closes: last, JudgingEnds: last.Add(time.Minute), Results: last.Add(2 * time.Minute)},
	}
}
