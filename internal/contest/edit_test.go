package contest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

func TestEditsNeedADraftAndTheVersionThatWasRead(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	slug, tags := "clean-streets", []string{" Waste ", "Streets"}
	closes := d.Now.Add(48 * time.Hour)
	joint := []uuid.UUID{k.rows.Fujisawa, k.rows.Santander}
	beds := []uuid.UUID{k.rows.TestbedJP, k.rows.TestbedEU}
	u, err := k.s.Update(ctx, k.author, d.ID, d.Version, contest.Change{Slug: &slug, Tags: &tags, Cities: joint, Testbeds: &beds, Dates: &contest.OwnDates{Closes: &closes}})
	want(t, "update", err, nil)
	if u.Slug != slug || u.Tags[0] != "waste" || len(u.Hosts) != 2 || len(u.Testbeds) != 2 || !u.Dates.Closes.Equal(closes.Truncate(time.Microsecond)) || u.Version != d.Version+1 {
		t.Errorf("updated %+v", u)
	}
	_, err = k.s.Update(ctx, k.author, d.ID, d.Version, contest.Change{Tags: &tags})
	want(t, "stale settings", err, fault.ErrStale)
	_, err = k.s.Criteria(ctx, k.author, d.ID, d.Version, d.Rubric)
	want(t, "stale criteria", err, fault.ErrStale)
	late := u.Dates.Results.Add(time.Hour)
	_, err = k.s.Update(ctx, k.author, d.ID, u.Version, contest.Change{Dates: &contest.OwnDates{Closes: &late}})
	want(t, "dates out of order", err, fault.ErrInvalid)
	_, err = k.s.Update(ctx, k.author, d.ID, u.Version, contest.Change{Cities: []uuid.UUID{k.rows.Santander}})
	want(t, "another lead city", err, fault.ErrInvalid)
	text := u.Texts[lang.JA]
	text.Version--
	_, err = k.s.Write(ctx, k.author, d.ID, text)
	want(t, "stale text", err, fault.ErrStale)
	_, err = k.s.Send(ctx, k.author, d.ID)
	want(t, "send", err, nil)
	_, err = k.s.Update(ctx, k.author, d.ID, u.Version+1, contest.Change{Tags: &tags})
	want(t, "settings while in approval", err, contest.ErrInApproval)
	text.Version++
	text.Title = "変更"
	_, err = k.s.Write(ctx, k.author, d.ID, text)
	want(t, "text while in approval", err, contest.ErrInApproval)
	_, err = k.s.Approve(ctx, k.second, d.ID)
	want(t, "approve", err, nil)
	_, err = k.s.Publish(ctx, k.second, d.ID)
	want(t, "publish", err, nil)
	_, err = k.s.Write(ctx, k.author, d.ID, text)
	want(t, "text after publication", err, contest.ErrFrozen)
	_, err = k.s.Criteria(ctx, k.author, d.ID, u.Version+3, d.Rubric)
	want(t, "criteria after publication", err, contest.ErrFrozen)
}

func TestTwoFirstVersionsNeverCross(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	d := k.complete(t)
	done := make(chan error)
	for _, title := range []string{"One", "Two", "Three", "Four"} {
		go func() {
			_, err := k.s.Write(context.Background(), k.translator, d.ID, contest.Text{Language: lang.EN, Title: title})
			done <- err
		}()
	}
	written := 0
	for range 4 {
		switch err := <-done; {
		case err == nil:
			written++
		case !errors.Is(err, fault.ErrStale):
			t.Errorf("a second first version: %v", err)
		}
	}
	if written != 1 || k.read(t, d.ID).Texts[lang.EN].Version != 1 {
		t.Errorf("%d of four first versions were kept", written)
	}
}
