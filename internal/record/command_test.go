package record

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type verifyCase struct {
	log                   *memLog
	dir                   string
	entry, late, deadline string // files
	later, keyFile        string
}

func newVerifyCase(t *testing.T) verifyCase {
	t.Helper()
	l := newMemLog(t).fill(5)
	c := verifyCase{log: l, dir: t.TempDir()}
	e := l.add(KindEntryReceived, "c1", entryPayload(t, "ch1"))
	d := l.add(KindDeadline, "c1", `{"challenge":"ch1"}`)
	late := l.add(KindEntryReceived, "c1", entryPayload(t, "ch1"))
	write := func(name string, data []byte) string {
		path := filepath.Join(c.dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	c.entry = write("entry.json", l.receipt(e, 6))
	c.deadline = write("deadline.json", l.receipt(d, 8))
	c.late = write("late.json", l.receipt(late, 8))
	c.later = write("later.txt", []byte(l.consistency(6, 8).String()))
	c.keyFile = write("key.txt", []byte(l.signer.VerifierKey()+"\n"))
	return c
}

func runVerify(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = RunVerify(args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestVerifyCommand(t *testing.T) {
	c := newVerifyCase(t)
	damaged := filepath.Join(c.dir, "damaged.json")
	whole, err := os.ReadFile(c.entry)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, bytes.Replace(whole, []byte(`\"version\":12`), []byte(`\"version\":13`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, k := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"sound", []string{c.entry}, 0, []string{"✓ The receipt holds", "5 of 6", "entry.received", "2027-02-01T09:30:00Z", "! The key comes from the receipt"}},
		{"pinned", []string{"--key", c.log.signer.VerifierKey(), c.entry}, 0, []string{"✓ The key is the one"}},
		{"pinned by file, flags last", []string{c.entry, "--key", c.keyFile}, 0, []string{"✓ The key is the one"}},
		{"pinned to another", []string{c.entry, "--key", newMemLog(t).signer.VerifierKey()}, 1, []string{"✗", "another key"}},
		{"damaged", []string{damaged}, 1, []string{"✗", "record.not_included", damaged}},
		{"not a receipt", []string{c.later}, 1, []string{"record.receipt_malformed"}},
		{"on time, history unproven", []string{c.entry, "--deadline", c.deadline}, 0, []string{"✓ On time", "! The receipts come from different checkpoints"}},
		{"on time, proven", []string{c.entry, "--deadline", c.deadline, "--later", c.later}, 0, []string{"✓ On time", "✓ The checkpoint of 8", "✓ Both receipts are proven"}},
		{"late", []string{c.late, "--deadline", c.deadline}, 1, []string{"✗ Late"}},
		{"not a deadline", []string{c.entry, "--deadline", c.late}, 1, []string{"record.unrelated"}},
		{"Spanish", []string{c.entry, "--lang", "es", "--deadline", c.deadline}, 0, []string{"✓ A tiempo", "5 de 6"}},
		{"Japanese", []string{c.late, "--lang", "ja", "--deadline", c.deadline}, 1, []string{"✗ 締切後の応募です"}},
		{"help", []string{"-h"}, 0, []string{"fieldtrial verify FILE"}},
	} {
		t.Run(k.name, func(t *testing.T) {
			code, out, errs := runVerify(k.args...)
			if code != k.code || errs != "" {
				t.Errorf("exit %d, want %d; stderr %q", code, k.code, errs)
			}
			for _, s := range k.says {
				if !strings.Contains(out, s) {
					t.Errorf("does not say %q:\n%s", s, out)
				}
			}
		})
	}
}

func TestVerifyCommandWrongUse(t *testing.T) {
	c := newVerifyCase(t)
	for name, args := range map[string][]string{
		"nothing":        {},
		"two receipts":   {c.entry, c.late},
		"no such file":   {filepath.Join(c.dir, "absent.json")},
		"no such flag":   {c.entry, "--frob"},
		"no such lang":   {c.entry, "--lang", "fr"},
		"no such key":    {c.entry, "--key", "nonsense"},
		"file, no key":   {c.entry, "--key", c.later},
		"no such proof":  {c.entry, "--later", filepath.Join(c.dir, "absent")},
		"a folder":       {c.dir},
		"no such ending": {c.entry, "--deadline", filepath.Join(c.dir, "absent")},
	} {
		if code, out, errs := runVerify(args...); code != 2 || errs == "" || out != "" {
			t.Errorf("%s: exit %d, stdout %q, stderr %q", name, code, out, errs)
		}
	}
}

func TestVerifyCommandJSON(t *testing.T) {
	c := newVerifyCase(t)
	code, out, _ := runVerify("--json", c.entry, "--deadline", c.deadline, "--later", c.later, "--key", c.keyFile)
	var got struct {
		Valid, KeyPinned, OnTime, OneHistory bool
		Receipt                              struct {
			Kind, Contest, Payload string
			Index                  int64
			Checkpoint             struct {
				Origin, Time string
				Size         int64
			}
		}
		Later []struct{ Size int64 }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if code != 0 || !got.Valid || !got.KeyPinned || !got.OnTime || !got.OneHistory || got.Receipt.Index != 5 ||
		got.Receipt.Checkpoint.Size != 6 || got.Receipt.Payload != entryPayload(t, "ch1") || got.Later[0].Size != 8 {
		t.Errorf("exit %d: %s", code, out)
	}
	code, out, _ = runVerify("--json", c.late, "--deadline", c.deadline)
	var late struct {
		Valid  bool
		OnTime *bool
		Error  struct{ Code string }
	}
	if err := json.Unmarshal([]byte(out), &late); err != nil {
		t.Fatal(err)
	}
	if code != 1 || late.Valid || late.OnTime == nil || *late.OnTime || late.Error.Code != "record.late" {
		t.Errorf("exit %d: %s", code, out)
	}
}

// The phrasebooks are plain structs: an empty field is a sentence somebody forgot.
func TestEveryPhraseExistsInThreeLanguages(t *testing.T) {
	codes := []Code{
		CodeReceiptMalformed, CodeKeyMalformed, CodeKeyOther, CodeCheckpointMalformed, CodeSignatureMissing,
		CodeSignatureWrong, CodeNotIncluded, CodeConsistencyMalformed, CodeInconsistent, CodeUnrelated, CodeLate,
	}
	for _, lang := range []string{"en", "es", "ja"} {
		p := phrases[lang]
		for i, s := range []string{
			p.usage, p.unreadable, p.sound, p.failed, p.onTime, p.late, p.kind, p.contest, p.place, p.payload,
			p.checkpoint, p.key, p.file, p.deadline, p.placeOf, p.pinned, p.unpinned, p.oneHistory, p.unproven, p.later,
		} {
			if s == "" {
				t.Errorf("%s: phrase %d is empty", lang, i)
			}
		}
		for _, c := range codes {
			if p.codes[c] == "" {
				t.Errorf("%s: no words for %s", lang, c)
			}
		}
	}
}
