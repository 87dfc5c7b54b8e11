package entry

import "golang.org/x/text/language"

// isCountry accepts the two letters of a country of ISO 3166-1.
func isCountry(code string) bool {
	if len(code) != 2 {
		return false
	}
	r, err := language.ParseRegion(code)
	return err == nil && r.IsCountry() && r.String() == code
}
