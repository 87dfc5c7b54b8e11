package identity

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fieldtrial/internal/fault"
)

func TestPasswordHash(t *testing.T) {
	ctx := context.Background()
	h, err := hashPassword(ctx, defaultArgon, "ｐａｓｓage äb")
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s %v", h, err)
	}
	if again, _ := hashPassword(ctx, defaultArgon, "ｐａｓｓage äb"); again == h {
		t.Error("two hashes of one password are equal: no salt")
	}
	for password, want := range map[string]bool{
		"ｐａｓｓage äb": true, "passage a\u0308b": true, "passage ab": false, "": false,
	} {
		if ok, err := checkPassword(ctx, h, password); ok != want || err != nil {
			t.Errorf("%q: %v %v", password, ok, err)
		}
	}
	for _, broken := range []string{"", "$argon2id$v=19$m=19456,t=2,p=1$x$y", "$2a$10$abc", "$argon2id$v=19$m=19456,t=0,p=1$AAAA$" + strings.Repeat("A", 43)} {
		if ok, err := checkPassword(ctx, broken, ""); ok || err != nil {
			t.Errorf("%q: %v %v", broken, ok, err)
		}
	}
	if ok, _ := checkPassword(ctx, decoy(defaultArgon), ""); ok {
		t.Error("a password fits the decoy")
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	if _, err := hashPassword(done, defaultArgon, "x"); err == nil {
		t.Error("a hash was computed beside a full house")
	}
	for range cap(hashing) {
		<-hashing
	}
}

func TestPasswordRules(t *testing.T) {
	for password, want := range map[string]string{
		"a":                       "too_short",
		"1234567":                 "too_short",
		"テストパスワード":                "",
		strings.Repeat("é", 129):  "too_long",
		strings.Repeat("ab", 64):  "",
		"Password":                "too_common",
		"PASSWORD123!":            "too_common",
		"ｐａｓｓｗｏｒｄ":                "too_common",
		"qwertyuiop":              "too_common",
		"25111986":                "too_common",
		"251119861234567":         "",
		"aaaaaaaaaaaa":            "too_common",
		"ああああああああああ":              "too_common",
		"Fieldtrial2026":          "too_common",
		"Contraseña":              "too_common",
		"ｆｏｏｔｂａｌｌ１２３":             "too_common",
		"First.Owner":             "too_personal",
		"first.owner@example.org": "too_personal",
		"sun and rain over bays":  "",
		"correct horse battery 9": "",
	} {
		var c fault.Check
		checkPasswordRules(&c, "/password", password, "first.owner@example.org")
		got := ""
		if f, ok := fault.As(c.Err()); ok {
			got = f.Fields[0].Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestCommonListIsFoldedAndSmall(t *testing.T) {
	if len(commonText) > 130<<10 {
		t.Errorf("%d bytes", len(commonText))
	}
	lines := strings.Split(strings.TrimSpace(commonText), "\n")
	if len(lines) < 12000 || !slices.IsSorted(lines) {
		t.Errorf("%d lines, sorted %v", len(lines), slices.IsSorted(lines))
	}
	for _, l := range lines {
		if l != fold(l) || strings.TrimSpace(l) != l || l == "" {
			t.Errorf("%q would never be found", l)
		}
	}
}

func TestEmailAndName(t *testing.T) {
	for email, want := range map[string]bool{
		"ana@example.org": true, "a.b+c@sub.example.org": true, "dev@localhost": true,
		"": false, "ana": false, "ana@": false, "@example.org": false, "ana@example": false, "a b@example.org": false,
		"ana@example.org\r\nBcc: x@example.org": false, "Ana <ana@example.org>": false, "ana@[127.0.0.1]": false,
		"ana@exämple.org": false, "a@b@example.org": false, strings.Repeat("a", 65) + "@example.org": false,
	} {
		if got := validEmail(email); got != want {
			t.Errorf("%q: %v", email, got)
		}
	}
	for in, want := range map[string]string{
		"  First\t Owner ": "First Owner", "港湾\u3000課長": "港湾\u3000課長", "Ana\r\nBcc: x": "Ana Bcc: x", "a\u202eb\x00": "a\u202eb", "e\u0301": "é",
	} {
		if got := cleanName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestHiddenCharactersOfNames(t *testing.T) {
	for name, want := range map[string]bool{"a\u202eb": true, "\ufeffa": true, "a\u200bb": true, "a\u00adb": true, "نام\u200cها": false, "👩\u200d🚀": false, "א\u200f": false, "Ana": false} {
		var c fault.Check
		checkName(&c, "/name", name)
		if got := c.Err() != nil; got != want {
			t.Errorf("%+q: refused %v", name, got)
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{{"abc", 5, "abc"}, {"abcdef", 3, "abc"}, {"aé", 2, "a"}, {"日本", 4, "日"}, {"\xff\x00a", 9, "a"}, {"", 0, ""}} {
		if got := clip(c.s, c.n); got != c.want {
			t.Errorf("%q at %d: %q", c.s, c.n, got)
		}
	}
}
