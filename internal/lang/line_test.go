package lang

import "testing"

func TestOneLineKeepsTheWideSpace(t *testing.T) {
	for in, want := range map[string]string{
		"  two\n lines\t and   tabs ": "two lines and tabs",
		"港湾　課長":                       "港湾　課長",
		"　市役所　":                       "市役所",
		"a\u2028b\u00a0c":             "a b c",
		"":                            "",
	} {
		if got := OneLine(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
