package recordapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"testing"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/httpapi/recordapi"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

func TestAnybodyCanFollowTheRecord(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	private, err := record.GenerateKey("localhost/fieldtrial")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := record.ParseKey(private)
	if err != nil {
		t.Fatal(err)
	}
	e, err := httpapi.New(httpapi.Config{Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost", Document: api.Document,
		Authenticate: func(context.Context, string) (authz.Actor, error) { return authz.Actor{}, fault.ErrSignIn }}, recordapi.Module(db))
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string, status int, into any) {
		t.Helper()
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1"+path, nil))
		if w.Code != status {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		if into != nil {
			if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
				t.Fatal(err)
			}
		}
	}
	get("/record/key", 404, nil)
	for n := range 3 {
		err := db.InTx(t.Context(), func(tx database.Tx) error {
			_, err := record.Append(tx, record.Leaf{Kind: record.KindEntryReceived, Scope: "scope", Payload: []byte(fmt.Sprintf(`{"n":%d}`, n))})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := record.Sequence(t.Context(), db, signer); err != nil {
			t.Fatal(err)
		}
	}
	var key common.RecordKey
	get("/record/key", 200, &key)
	if key.Origin != "localhost/fieldtrial" || key.VerifierKey != signer.VerifierKey() {
		t.Fatalf("%+v", key)
	}
	var page, rest common.CheckpointList
	get("/record/checkpoints?limit=2", 200, &page)
	if len(page.Items) != 2 || page.Items[0].Size != 3 || page.NextCursor == nil {
		t.Fatalf("%+v", page)
	}
	get("/record/checkpoints?limit=2&cursor="+*page.NextCursor, 200, &rest)
	if len(rest.Items) != 1 || rest.Items[0].Size != 1 || rest.NextCursor != nil {
		t.Fatalf("%+v", rest)
	}
	for _, c := range append(page.Items, rest.Items...) {
		if _, err := record.OpenCheckpoint([]byte(c.Note), key.VerifierKey); err != nil {
			t.Errorf("checkpoint %d: %v", c.Size, err)
		}
	}
	var proof common.ConsistencyProof
	get("/record/consistency?from=1&to=3", 200, &proof)
	if proof.Older == nil || *proof.Older != rest.Items[0].Note {
		t.Errorf("the older checkpoint is %v", proof.Older)
	}
	parsed, err := record.ParseConsistency(proof.File)
	if err != nil || parsed.OldSize != 1 || len(parsed.Hashes) != len(proof.Hashes) || string(parsed.Checkpoint) != page.Items[0].Note {
		t.Fatalf("%+v, %v", proof, err)
	}
	var from0 common.ConsistencyProof
	get("/record/consistency?from=0&to=3", 200, &from0)
	if from0.Older != nil {
		t.Error("the empty log has a checkpoint")
	}
	get("/record/consistency?from=3&to=1", 422, nil)
	get("/record/consistency?from=1&to=9", 404, nil)
}
