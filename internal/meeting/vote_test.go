package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/meeting"
)

// People go early: what was voted stands, and the minutes say who could vote then, not at the end.
func TestTheMinutesSayWhoCouldVoteThen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	_, err := w.decide(0, meeting.Draft{Outcome: award.Reserve, Place: 1})
	w.must(err)
	_, err = w.svc.Save(w.ctx, w.chair, w.rows.Challenge, w.version, meeting.Plan{Language: lang.EN, Quorum: 3},
		map[uuid.UUID]meeting.Presence{w.jurors[2].PersonID: meeting.Left})
	w.must(err)
	w.version++
	_, err = w.decide(1, meeting.Draft{Outcome: award.NotSelected})
	w.want(err, meeting.ErrNoQuorum, "two of three who may vote") // Juror B is recused, Juror C has left
	w.plan(2, w.chair, w.jurors[0], w.jurors[1])
	_, err = w.svc.Save(w.ctx, w.chair, w.rows.Challenge, w.version, meeting.Plan{Language: lang.EN, Quorum: 2},
		map[uuid.UUID]meeting.Presence{w.jurors[2].PersonID: meeting.Left})
	w.must(err)
	w.version++
	_, err = w.decide(1, meeting.Draft{Outcome: award.Winner, Place: 1, Reason: "It fits the season better."})
	w.must(err)
	m, err := w.decide(2, meeting.Draft{Outcome: award.NotSelected})
	w.must(err)
	// What is written beside a vote changes without a new one, and a new one counts who is there now.
	first := w.entries[0].Entry
	d := meeting.Draft{Outcome: award.Reserve, Place: 1, Notes: "Said again.", Votes: w.item(m, 0).Votes}
	m, err = w.svc.SaveItem(w.ctx, w.chair, w.rows.Challenge, first, w.item(m, 0).Version, d)
	w.must(err)
	d.Votes.Abstain = 1
	_, err = w.svc.SaveItem(w.ctx, w.chair, w.rows.Challenge, first, w.item(m, 0).Version, d)
	if fields(err)["/votes"] != "too_large" {
		t.Errorf("five votes of three: %v", err)
	}
	m, err = w.svc.Close(w.ctx, w.chair, w.rows.Challenge, w.version)
	w.must(err)
	for _, part := range []string{"- Juror C (member of the jury): left before the end\n", "Vote: for 4, against 0, abstentions 0 (entitled and present: 4, quorum: 3)\n",
		"Vote: for 2, against 0, abstentions 0 (entitled and present: 2, quorum: 2)\n", "Vote: for 3, against 0, abstentions 0 (entitled and present: 3, quorum: 2)\n", "    Said again.\n"} {
		if !strings.Contains(m.Minutes.Body, part) {
			t.Errorf("the minutes lack %q:\n%s", part, m.Minutes.Body)
		}
	}
	if n := w.count(`select count(*) from notices where kind = 'meeting-closed'`); n != 5 {
		t.Errorf("%d were told, want who left early as well", n)
	}
}

// Everybody is back when a discussion ends; when the entry is taken up again, who is recused leaves again.
func TestWhoIsRecusedLeavesEachTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	second := w.entries[1].Entry
	m, err := w.decide(1, meeting.Draft{Outcome: award.NotSelected})
	w.must(err)
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, uuid.Nil, false)
	w.must(err)
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, second, false)
	w.want(err, meeting.ErrMustLeave, "called once more with the recused juror back in the room")
	_, err = w.svc.SaveItem(w.ctx, w.chair, w.rows.Challenge, second, w.item(m, 1).Version, meeting.Draft{Outcome: award.Reserve, Place: 1, Votes: meeting.Votes{For: 3}})
	w.want(err, meeting.ErrMustLeave, "voted once more with the recused juror back in the room")
	m, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, second, true)
	w.must(err)
	if x := w.item(m, 1); len(x.Away) != 1 || len(x.MustLeave) != 0 {
		t.Errorf("out again: %+v", x)
	}
}

// A vote in which somebody took part who turns out to be in conflict is taken again.
func TestAVoteWithAConflictIsTakenAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	first := w.entries[0].Entry
	for _, c := range []struct {
		who   authz.Actor
		voted bool
	}{{w.official, true}, {w.jurors[0], false}} {
		_, err := w.decide(0, meeting.Draft{Outcome: award.Winner, Place: 1, Notes: "Strong."})
		w.must(err)
		m, err := w.svc.Recuse(w.ctx, w.chair, w.rows.Challenge, first, c.who.PersonID, "A partner of the team.")
		w.must(err)
		if x := w.item(m, 0); (x.Outcome != "") != c.voted || (x.Place == 1) != c.voted || (x.Votes.For > 0) != c.voted || x.Notes != "Strong." {
			t.Errorf("after %s is recused: %+v", c.who.Name, x)
		}
	}
	m, err := w.decide(0, meeting.Draft{Outcome: award.Winner, Place: 1})
	w.must(err)
	if x := w.item(m, 0); x.Votes.For != 3 {
		t.Errorf("voted again: %+v", x)
	}
}

// Neither the wall nor a recused member reads from a gap between places where the hidden entry stands.
func TestPlacesCloseUpOverWhatIsHidden(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	for i, place := range []int{2, 1, 3} { // Juror B is recused from the second
		_, err := w.decide(i, meeting.Draft{Outcome: award.Winner, Place: place})
		w.must(err)
	}
	p, err := w.svc.Projector(w.ctx, w.chair, w.rows.Challenge)
	w.must(err)
	if len(p.Items) != 2 || p.Items[0].Place != 1 || p.Items[1].Place != 2 || p.Current == nil || p.Current.Place != 2 {
		t.Errorf("on the wall: %+v, now %+v", p.Items, p.Current)
	}
	for name, c := range map[string]struct {
		who    authz.Actor
		places []int
	}{"the recused juror": {w.jurors[1], []int{1, 2}}, "another": {w.jurors[0], []int{2, 1, 3}}} {
		m, err := w.svc.Meeting(w.ctx, c.who, w.rows.Challenge)
		w.must(err)
		got := []int{}
		for _, x := range m.Items {
			got = append(got, x.Place)
		}
		if !slices.Equal(got, c.places) {
			t.Errorf("%s reads the places %v, want %v", name, got, c.places)
		}
	}
	_, err = w.svc.Call(w.ctx, w.chair, w.rows.Challenge, w.entries[1].Entry, true)
	w.must(err)
	if p, err := w.svc.Projector(w.ctx, w.chair, w.rows.Challenge); err != nil || len(p.Items) != 3 || p.Items[0].Place != 2 || p.Current.Place != 1 {
		t.Errorf("while the juror is out: %+v, %v", p.Items, err)
	}
}
