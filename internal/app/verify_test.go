package app

import (
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
)

// `verify log --from-data` writes the log out, checks it, and says that what is stored was looked at as well:
// it finds what somebody with the database owner's password changed beside the log.
func TestVerifyLogFromData(t *testing.T) {
	run := commandLine(t)
	url := os.Getenv("FIELDTRIAL_DATABASE_URL")
	db, err := database.Open(t.Context(), database.Config{URL: url})
	must(t, err)
	t.Cleanup(db.Close)
	must(t, db.InTx(t.Context(), func(tx database.Tx) error {
		_, err := record.Append(tx, record.Leaf{Kind: record.KindDecision, Scope: "scope", Payload: []byte(`{"challenge":"one"}`)})
		return err
	}))
	signer, err := record.LoadOrCreateKey(t.TempDir(), "test.example/log")
	must(t, err)
	_, err = record.Sequence(t.Context(), db, signer)
	must(t, err)

	for language, want := range map[string][]string{
		"en": {"The log is whole: 1 leaves", "The database agrees with its log"},
		"es": {"El registro está completo: 1 hojas", "La base de datos concuerda con su registro"},
		"ja": {"記録は完全です", "データベースの内容も記録と一致しています"},
	} {
		code, out, errs := run("verify", "log", "--from-data", "--lang", language, "--key", signer.VerifierKey())
		for _, words := range want {
			if code != record.ExitSound || !strings.Contains(out, "✓ "+words) {
				t.Errorf("%s: %d, no %q in\n%s%s", language, code, words, out, errs)
			}
		}
	}
	if code, out, _ := run("verify", "log", "--json", "--from-data"); code != record.ExitSound || !strings.HasSuffix(out, "}\n") {
		t.Errorf("as JSON: %d\n%s", code, out)
	}

	owner, err := pgx.Connect(t.Context(), url)
	must(t, err)
	defer func() { _ = owner.Close(t.Context()) }()
	_, err = owner.Exec(t.Context(), `update record_openings set payload = '{"challenge":"two"}'`)
	must(t, err)
	if code, out, errs := run("verify", "log", "--from-data"); code != record.ExitFailed || strings.Contains(out, "✓") || errs == "" {
		t.Errorf("a payload that the owner changed: %d\n%s%s", code, out, errs)
	}
}
