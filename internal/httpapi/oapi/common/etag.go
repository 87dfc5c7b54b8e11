package common

import (
	"strconv"
	"strings"

	"fieldtrial/internal/fault"
)

// ETag is the entity tag of a version.
func ETag(version int) *string {
	s := `"` + strconv.Itoa(version) + `"`
	return &s
}

// VersionOf reads the version out of If-Match. What is no version of ours matches nothing:
// fault.ErrStale.
func VersionOf(ifMatch string) (int, error) {
	n, err := strconv.Atoi(strings.Trim(ifMatch, `"`))
	if err != nil || n < 0 || ifMatch != *ETag(n) {
		return 0, fault.ErrStale
	}
	return n, nil
}
