package audit

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/pitch/final"
	"fieldtrial/internal/record"
)

// Pitch is a locked pitch round in an auditor's bundle.
type Pitch struct {
	Rules     json.RawMessage `json:"rules"`     // receipt of the last pitch.rules
	Shortlist json.RawMessage `json:"shortlist"` // receipt of pitch.shortlist
	Lock      json.RawMessage `json:"lock"`      // receipt of pitch.locked
	Result    string          `json:"result"`    // as stored with that lock, byte for byte
	Entries   []Place         `json:"entries"`   // in the final order
}

// PitchRound is what a sound pitch round shows beside its entries.
type PitchRound struct {
	Lock    record.Result
	Share   int
	Pitched int
	Result  string      // base64 of the SHA-256 of what was stored
	Departs []uuid.UUID // invited or passed over against the order of rank, with a reason on record
}

// pitchRules is the payload of a pitch.rules leaf.
type pitchRules struct {
	Held    bool        `json:"held"`
	Invited int         `json:"invited"` // at most
	Share   int         `json:"share"`
	Rubric  []Criterion `json:"rubric"`
}

// pitchList is the payload of a pitch.shortlist leaf.
type pitchList struct {
	Entries []listed `json:"entries"`
}

// listed is one line of a shortlist.
type listed struct {
	Entry   uuid.UUID `json:"entry"`
	Rank    int       `json:"rank"` // when it was named
	Invited bool      `json:"invited"`
	Reason  string    `json:"reason"` // its hash; "" without
}

// pitchLock is the payload of a pitch.locked leaf.
type pitchLock struct {
	Order   string      `json:"order"`
	Share   int         `json:"share"`
	Rubric  []Criterion `json:"rubric"`
	Entries int         `json:"entries"`
	Result  string      `json:"result"`
}

// verify recomputes a pitch round: its rules are those that were announced, its shortlist follows from the
// ranks, its totals from the scores, and the final order from both rounds.
func (p Pitch) verify(out *BundleResult, kept stored) error {
	var rules pitchRules
	var list pitchList
	var lock pitchLock
	announced, err := act(p.Rules, record.KindPitchRules, out, &rules)
	if err != nil {
		return err
	}
	named, err := act(p.Shortlist, record.KindPitchNamed, out, &list)
	if err != nil {
		return err
	}
	closed, err := act(p.Lock, record.KindPitchLocked, out, &lock)
	if err != nil {
		return err
	}
	if announced.Index > out.Lock.Index || out.Lock.Index > named.Index || named.Index > closed.Index {
		return otherPitch("its acts are not on record in their order")
	}
	if err := lock.by(rules, out.Round); err != nil {
		return err
	}
	out.Pitch = &PitchRound{Lock: closed, Share: lock.Share, Pitched: lock.Entries, Result: lock.Result}
	var result final.Result
	if json.Unmarshal([]byte(p.Result), &result) != nil {
		return malformed("the result of the pitch round is not what it should be")
	}
	if result.Challenge.String() != out.Round.Challenge || result.Share != lock.Share || result.Order != lock.Order || len(result.Entries) != lock.Entries {
		return otherPitch("its result was not computed by the rules of its lock")
	}
	if err := list.verify(out, kept, rules.Invited, result); err != nil {
		return err
	}
	for _, x := range result.Entries {
		if err := recompute(x, kept, lock); err != nil {
			return err
		}
	}
	if sum := sha256.Sum256([]byte(p.Result)); base64.StdEncoding.EncodeToString(sum[:]) != lock.Result {
		return otherPitch("its result is not the one that its lock put on record")
	}
	return p.order(out, result)
}

// by holds the lock against the rules that were announced, and the first round's.
func (l pitchLock) by(rules pitchRules, round Round) error {
	if !rules.Held || l.Share != rules.Share || !slices.Equal(l.Rubric, rules.Rubric) || l.Order != round.Order {
		return otherPitch("it was not locked by the rules that were announced")
	}
	return scales(l.Rubric)
}

func otherPitch(detail string) error {
	return &record.VerifyError{Code: CodeOtherPitch, Detail: "the pitch round: " + detail}
}

// recompute holds what an entry came to against its sheets and the first round.
func recompute(x final.Pitched, kept stored, lock pitchLock) error {
	other := func(what string) error {
		return &record.VerifyError{Code: CodeOtherTotal, Detail: fmt.Sprintf("the pitch of %s: %s", x.Entry, what)}
	}
	at := slices.IndexFunc(kept.Entries, func(e assessed) bool { return e.Entry == x.Entry })
	if at < 0 || kept.official(kept.Entries[at]) != x.First {
		return other("its first round came to another number")
	}
	seats := map[uuid.UUID]bool{}
	for _, s := range x.Sheets {
		t, err := total(lock.Rubric, s.Scores)
		if err != nil {
			return err
		}
		if !near(t, s.Total, 1e-6) || seats[s.Seat] {
			return other("a sheet gives another total, or counts twice")
		}
		seats[s.Seat] = true
	}
	now := final.Of(x.Entry, x.First, lock.Share, x.Sheets)
	if !alike(now.Pitch, x.Pitch) || !alike(now.Spread, x.Spread) || !alike(now.Total, x.Total) {
		return other("its sheets give another mean, spread or total of both rounds")
	}
	return nil
}

func alike(a, b *float64) bool {
	return (a == nil) == (b == nil) && (a == nil || near(*a, *b, 1e-6))
}

// verify holds a shortlist against the ranks: whoever pitched was invited, no more than announced were, and
// where it departs from the order of rank there is a reason on record.
func (l pitchList) verify(out *BundleResult, kept stored, most int, result final.Result) error {
	other := func(format string, args ...any) error {
		return &record.VerifyError{Code: CodeOtherList, Detail: "the shortlist: " + fmt.Sprintf(format, args...)}
	}
	lines, invited := map[uuid.UUID]listed{}, map[uuid.UUID]bool{}
	for _, x := range l.Entries {
		if lines[x.Entry] = x; x.Invited {
			invited[x.Entry] = true
		}
	}
	if len(invited) == 0 || len(invited) > most || len(lines) != len(l.Entries) {
		return other("%d entries were invited, %d at most were announced", len(invited), most)
	}
	pitched := result.ByEntry()
	if len(pitched) != len(result.Entries) {
		return other("an entry pitched twice")
	}
	for e := range pitched {
		if !invited[e] {
			return other("%s pitched and was not invited", e)
		}
	}
	for e := range invited {
		if _, did := pitched[e]; !did && !slices.Contains(out.Left, e) {
			return other("%s was invited and is not in the result", e)
		}
	}
	// Who left since and is on the list was there when it was named; who is not on it stood behind it. The
	// lottery may have been drawn by then or not.
	there := func(e uuid.UUID) bool {
		_, on := lines[e]
		return on || !slices.Contains(out.Left, e)
	}
	var first error
	for _, seed := range [][]byte{out.seed, nil} {
		rows := []final.Ranked{}
		for _, r := range kept.ordered(there, seed) {
			rows = append(rows, final.Ranked{Entry: r.Entry, Rank: r.Rank})
		}
		departs := final.Departures(rows, invited, len(invited))
		var wrong error
		out.Pitch.Departs = nil
		for _, r := range rows {
			x := lines[r.Entry]
			switch {
			case departs[r.Entry] && x.Reason == "":
				wrong = other("%s departs from the order of rank without a reason", r.Entry)
			case (x.Invited || departs[r.Entry]) && (x.Rank != r.Rank || r.Rank == 0):
				wrong = other("%s has rank %d by the rules, %d on the list", r.Entry, r.Rank, x.Rank)
			case departs[r.Entry]:
				out.Pitch.Departs = append(out.Pitch.Departs, r.Entry)
			}
		}
		if wrong == nil {
			return nil
		}
		if first == nil {
			first = wrong
		}
	}
	return first
}

// order compares the final order with the one that both rounds give.
func (p Pitch) order(out *BundleResult, result final.Result) error {
	rows := make([]final.Ranked, len(out.Entries))
	for i, e := range out.Entries {
		rows[i] = final.Ranked{Entry: e.Entry, Rank: e.Rank}
	}
	pitched := result.ByEntry()
	places := final.Order(rows, pitched)
	said := map[uuid.UUID]int{}
	for _, x := range p.Entries {
		if said[x.Entry] = x.Rank; x.Rank != places[x.Entry].Rank {
			return otherRank(x.Entry, places[x.Entry].Rank, x.Rank)
		}
	}
	for i, e := range out.Entries {
		if _, there := said[e.Entry]; !there {
			return otherRank(e.Entry, places[e.Entry].Rank, 0)
		}
		if x, did := pitched[e.Entry]; did {
			out.Entries[i].Pitched = &x
		}
		out.Entries[i].Final = places[e.Entry]
	}
	slices.SortStableFunc(out.Entries, func(a, b Placed) int { return last(a.Final.Rank) - last(b.Final.Rank) })
	return nil
}

// last puts what has no rank at the end.
func last(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}
