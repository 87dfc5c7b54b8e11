package entry

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
)

// Who may only view changes nothing by any way there is; who edits does not send.
func TestRightsHoldOnEveryWay(t *testing.T) {
	t.Parallel()
	b := newBench(t).withFiles(t, nil, Config{})
	id := b.begin(t)
	b.fill(t, b.owner, id)
	first := b.send(t, b.owner, id, "pitch", "one.pdf", "application/pdf", pdf(900))
	b.send(t, b.owner, id, "pitch", "two.pdf", "application/pdf", pdf(901)) // replaces the first
	pending, err := b.StartUpload(t.Context(), b.owner, id, FileStart{b.c.Fields["video"], "a.mp4", 5000, "video/mp4"})
	must(t, err)
	sum := bytes.Repeat([]byte{1}, 32)
	type way func(ctx context.Context, a authz.Actor) error
	edits := map[string]way{
		"save": func(ctx context.Context, a authz.Actor) error {
			_, err := b.SaveAnswers(ctx, a, id, []Typed{{b.c.Fields["title"], "x", 1}})
			return err
		},
		"answer eligibility": func(ctx context.Context, a authz.Actor) error {
			return b.AnswerEligibility(ctx, a, id, map[string]bool{})
		},
		"see the form": func(ctx context.Context, a authz.Actor) error { return b.SeeForm(ctx, a, id, 1) },
		"rank testbeds": func(ctx context.Context, a authz.Actor) error {
			_, err := b.RankTestbeds(ctx, a, id, nil, nil)
			return err
		},
		"upload": func(ctx context.Context, a authz.Actor) error {
			_, err := b.StartUpload(ctx, a, id, FileStart{b.c.Fields["pitch"], "b.pdf", 10, "application/pdf"})
			return err
		},
		"look at an upload": func(ctx context.Context, a authz.Actor) error {
			_, err := b.Upload(ctx, a, pending.File.ID)
			return err
		},
		"sign parts": func(ctx context.Context, a authz.Actor) error {
			_, _, err := b.SignParts(ctx, a, pending.File.ID, []int{1})
			return err
		},
		"promise": func(ctx context.Context, a authz.Actor) error {
			_, err := b.Promise(ctx, a, pending.File.ID, sum)
			return err
		},
		"complete": func(ctx context.Context, a authz.Actor) error {
			_, err := b.CompleteUpload(ctx, a, pending.File.ID)
			return err
		},
		"restore": func(ctx context.Context, a authz.Actor) error { _, err := b.RestoreFile(ctx, a, first.ID); return err },
		"remove":  func(ctx context.Context, a authz.Actor) error { return b.RemoveFile(ctx, a, pending.File.ID) },
	}
	sends := map[string]way{
		"submit":   func(ctx context.Context, a authz.Actor) error { _, err := b.Submit(ctx, a, id); return err },
		"withdraw": func(ctx context.Context, a authz.Actor) error { _, err := b.Withdraw(ctx, a, id); return err },
		"revive":   func(ctx context.Context, a authz.Actor) error { _, err := b.Revive(ctx, a, id); return err },
		"consent":  func(ctx context.Context, a authz.Actor) error { _, err := b.SetConsent(ctx, a, id, true); return err },
	}
	viewer, editor := b.join(t, "Vera Luz", authz.TeamViewer), b.join(t, "Ken Mori", authz.TeamEditor)
	_, stranger := b.newTeam(t, "Stranger")
	for _, ways := range []map[string]way{edits, sends} {
		for name, do := range ways {
			if err := do(t.Context(), viewer); !errors.Is(err, fault.ErrForbidden) {
				t.Errorf("%s by a viewer: %v", name, err)
			}
			if err := do(t.Context(), stranger); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("%s by a stranger: %v", name, err)
			}
		}
	}
	for name, do := range sends {
		if err := do(t.Context(), editor); !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("%s by an editor: %v", name, err)
		}
	}
	last := edits["remove"]
	delete(edits, "remove")
	for name, do := range edits {
		if err := do(t.Context(), editor); errors.Is(err, fault.ErrForbidden) || errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%s by an editor: %v", name, err)
		}
	}
	must(t, last(t.Context(), editor))
	v, err := b.Get(t.Context(), viewer, id)
	must(t, err)
	for _, a := range v.Allowed {
		if a != authz.SeeEntry && a != authz.SeeReceipt {
			t.Errorf("a viewer is offered %s", a)
		}
	}
	if _, err := b.Get(t.Context(), viewer, uuid.New()); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an entry that is not there: %v", err)
	}
}
