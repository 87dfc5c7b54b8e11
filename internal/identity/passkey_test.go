package identity

import "testing"

// Authenticators know names only. A site at an address of numbers must start all the same.
func TestTheSiteAsAuthenticatorsKnowIt(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://contest.santander.example": "contest.santander.example",
		"http://localhost:8080":             "localhost",
		"http://127.0.0.1:8080":             "localhost",
		"http://[::1]:8080":                 "localhost",
		"":                                  "localhost",
	} {
		rp, err := relyingParty(address)
		if err != nil {
			t.Errorf("%q: %v", address, err)
		} else if rp.Config.RPID != want {
			t.Errorf("%q is known as %q", address, rp.Config.RPID)
		}
	}
}
