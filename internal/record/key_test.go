package record

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestKeyFileIsPrivateAndStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first, err := LoadOrCreateKey(dir, testOrigin)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, keyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("key file: %v, %v", info, err)
	}
	again, err := LoadOrCreateKey(dir, "another.example/log/1")
	if err != nil {
		t.Fatal(err)
	}
	if again.VerifierKey() != first.VerifierKey() || again.Origin() != testOrigin {
		t.Errorf("second load: %s, first: %s", again, first)
	}
	if !strings.HasPrefix(first.VerifierKey(), testOrigin+"+") {
		t.Errorf("verifier key %s", first.VerifierKey())
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("left in the folder: %v", left)
	}
}

func TestProcessesThatStartTogetherShareOneKey(t *testing.T) {
	dir := t.TempDir()
	keys := make([]string, 16)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			s, err := LoadOrCreateKey(dir, testOrigin)
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = s.VerifierKey()
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] {
			t.Fatalf("different keys: %v", keys)
		}
	}
}

func TestKeyThatOthersCanReadIsRefused(t *testing.T) {
	dir := t.TempDir()
	if _, err := LoadOrCreateKey(dir, testOrigin); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, keyFile), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadOrCreateKey(dir, testOrigin); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("error = %v", err)
	}
}

// A broken key must stop the start; making a new one would fork the log.
func TestBrokenKeyIsNeverReplacedNorRepeated(t *testing.T) {
	dir := t.TempDir()
	private, err := GenerateKey(testOrigin)
	if err != nil {
		t.Fatal(err)
	}
	broken := private[:len(private)-4] + "AAA="
	path := filepath.Join(dir, keyFile)
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = LoadOrCreateKey(dir, testOrigin)
	if err == nil || strings.Contains(err.Error(), broken[20:]) || !strings.Contains(err.Error(), path) {
		t.Errorf("error = %v", err)
	}
	if kept, _ := os.ReadFile(path); string(kept) != broken {
		t.Error("the broken file was replaced")
	}
}

func TestParsedKeySignsWhatItsVerifierKeyOpens(t *testing.T) {
	for range 50 { // base64 of some keys holds '+', which also separates the parts
		private, err := GenerateKey(testOrigin)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ParseKey(" " + private + "\n")
		if err != nil {
			t.Fatal(err)
		}
		signed, err := Checkpoint{Origin: testOrigin, Size: 3}.Sign(s)
		if err != nil {
			t.Fatal(err)
		}
		c, err := OpenCheckpoint(signed, s.VerifierKey())
		if err != nil || c.Size != 3 || !c.Time.IsZero() {
			t.Fatalf("%+v, %v", c, err)
		}
		if strings.Contains(fmt.Sprint(s), private[len(private)-20:]) {
			t.Fatal("printing a signer shows its private key")
		}
	}
}

func TestOriginMustBeAName(t *testing.T) {
	for _, origin := range []string{"", "a b", "a+b", "a\nb", strings.Repeat("x", 101)} {
		if _, err := GenerateKey(origin); err == nil {
			t.Errorf("%q names a log", origin)
		}
	}
	s := newMemLog(t).signer
	if _, err := (Checkpoint{Origin: "other.example/log"}).Sign(s); err == nil {
		t.Error("signed for another log")
	}
}
