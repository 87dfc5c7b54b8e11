package app

import "testing"

// TestTheMainJob goes the whole way through the API by the generated client, against the program as
// it is wired: what a city, a startup, a juror and an admin do in one contest.
func TestTheMainJob(t *testing.T) {
	w := startForTest(t)
	w.step("officials write challenges in their own language", (*world).writeChallenges)
	w.step("visitors find them", (*world).visit)
	w.step("teams enter", (*world).enter)
	w.step("nobody sees what is not theirs", (*world).trespass)
	w.step("the jury scores", (*world).judge)
	w.step("the host decides and the results go out", (*world).decide)
	w.step("the programme counts", (*world).count)
	w.step("a third city joins", (*world).join)
}
