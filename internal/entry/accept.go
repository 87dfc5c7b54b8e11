package entry

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
)

func checkStart(form []contest.Field, f *FileStart) error {
	var check fault.Check
	i := slices.IndexFunc(form, func(x contest.Field) bool { return x.ID == f.Field && x.Kind == contest.File })
	if i < 0 {
		check.That(false, "/fieldId", "unknown")
		return check.Err()
	}
	f.Name = fileName(f.Name)
	check.That(f.Name != "", "/name", "required")
	accepted := false
	for _, family := range form[i].Accept {
		accepted = accepted || slices.Contains(contest.FileTypes[family], f.Type)
	}
	check.That(accepted, "/type", "file_type")
	most := int64(maxFile)
	if form[i].MaxBytes > 0 {
		most = min(most, form[i].MaxBytes)
	}
	check.That(f.Size > 0, "/size", "too_small", "min", 1)
	check.That(f.Size <= most, "/size", "file_too_large", "max", most)
	return check.Err()
}

// fileName keeps what a person called the file, without folders or what no name should hold.
func fileName(s string) string {
	s = line(s)
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	for utf8.RuneCountInString(s) > 255 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}
