package meeting

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/pitch"
)

// blinded leaves out whose entries these are while judging is blind: members of the jury sign the minutes.
func blinded(c contest.Challenge, stand jury.Standing) jury.Standing {
	if !c.BlindTo(authz.Actor{}) {
		return stand
	}
	stand.Rows = slices.Clone(stand.Rows)
	for i := range stand.Rows {
		stand.Rows[i].Summary.TeamName = ""
	}
	return stand
}

// minutes is the canonical text: UTF-8, lines that end in \n, in the meeting's language, the same for the
// same meeting. What people wrote is indented by four spaces, so that no text can pass for a line of ours.
func minutes(c contest.Challenge, st state, stand jury.Standing, r room, all map[uuid.UUID]proposal, pitched map[uuid.UUID]pitch.Pitched) string {
	w := phrases[st.Plan.Language.Or(c.Language)]
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		zone = time.UTC
	}
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	said := func(label, text string) {
		if text != "" {
			line("%s:", label)
			for each := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
				line("    %s", strings.TrimRight(each, "\n"))
			}
		}
	}
	title, _ := c.Title.In(st.Plan.Language)
	line("%s", w.title)
	line("")
	line("%s: %s", w.challenge, oneLine(title))
	line("%s: %s", w.place, orDash(oneLine(st.Plan.Place)))
	line("%s: %s", w.opened, st.OpenedAt.In(zone).Format("2006-01-02 15:04 MST"))
	line("%s: %s", w.closed, st.ClosedAt.In(zone).Format("2006-01-02 15:04 MST"))
	line("%s: %s", w.secretary, orDash(oneLine(st.Plan.Secretary)))
	members, there := r.members()
	line("%s: "+w.quorumOf, w.quorum, st.Plan.Quorum, members, there)
	line("")
	line("%s", w.people)
	for _, p := range r.people {
		line("- %s (%s): %s", oneLine(p.Name), w.capacity(p), w.presence[p.Presence])
	}
	said(w.guests, st.Plan.Guests)
	said(w.notes, st.Plan.Notes)
	line("")
	line("%s: %s", w.order, w.orders[stand.Order])
	for i, row := range stand.Rows {
		p := all[row.Entry]
		voters, quorum := p.voters, p.needed
		if quorum == 0 { // kept by an older version
			voters, quorum = r.vote(row.Entry)
		}
		line("")
		line("%d. %s", i+1, strings.TrimSpace(row.Summary.Reference+" "+oneLine(row.Summary.TeamName)))
		if row.Summary.Title != "" {
			line("   %s", oneLine(row.Summary.Title))
		}
		if row.Rank > 0 {
			line("   "+w.rank, firstRank(stand, row, pitched != nil), row.Official, row.Reviews)
		} else {
			line("   "+w.unranked, row.Reviews)
		}
		if x := pitched[row.Entry]; x.Total != nil {
			line("   "+w.pitched, row.Rank, *x.Pitch, *x.Total)
		} else if pitched != nil && row.Rank > 0 {
			line("   "+w.final, row.Rank)
		}
		for _, a := range r.away[row.Entry] {
			line("   %s: %s", w.away, oneLine(a.Name))
			said("   "+w.conflict, a.Reason)
		}
		said("   "+w.discussion, p.Notes)
		line("   "+w.votes, p.Votes.For, p.Votes.Against, p.Votes.Abstain, voters, quorum)
		outcome := w.outcomes[p.Outcome]
		if p.Place > 0 {
			outcome = fmt.Sprintf(w.placed, outcome, p.Place)
		}
		line("   %s: %s", w.proposal, outcome)
		said("   "+w.reason, p.Reason)
	}
	line("")
	line("%s", w.host)
	return b.String()
}

// firstRank is the rank by the reviews, which after a pitch round is not the one that counts.
func firstRank(stand jury.Standing, row jury.StandingRow, pitched bool) int {
	switch {
	case !pitched:
		return row.Rank
	case stand.Order == contest.ByCalibrated && row.CalibratedRank > 0:
		return row.CalibratedRank
	}
	return row.RawRank
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// oneLine keeps what people typed from beginning a line of its own.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
