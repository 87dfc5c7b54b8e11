package record_test

import (
	"fmt"
	"testing"

	"fieldtrial/internal/database"
	"fieldtrial/internal/record"
	"fieldtrial/internal/testkit"
)

// Many leaves at once keep their order, lie between those before and after, and open to what was said.
func TestAppendManyKeepsTheOrder(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	var before, after int64
	var ids []int64
	leaf := func(i int) record.Leaf {
		return record.Leaf{Kind: record.KindEntryReceived, Scope: "scope", Subject: testkit.NewID().String(), Payload: fmt.Appendf(nil, `{"n":%d}`, i)}
	}
	err := db.InTx(t.Context(), func(tx database.Tx) (err error) {
		if before, err = record.Append(tx, leaf(-1)); err != nil {
			return err
		}
		many := []record.Leaf{}
		for i := range 500 {
			many = append(many, leaf(i))
		}
		if ids, err = record.AppendMany(tx, many); err != nil {
			return err
		}
		after, err = record.Append(tx, leaf(500))
		return err
	})
	if err != nil || len(ids) != 500 {
		t.Fatal(err, len(ids))
	}
	last := before
	for i, id := range ids {
		var payload string
		if err := db.Pool().QueryRow(t.Context(), `select convert_from(payload, 'UTF8') from record_openings where leaf_id = $1`, id).Scan(&payload); err != nil {
			t.Fatal(err)
		}
		if id <= last || payload != fmt.Sprintf(`{"n":%d}`, i) {
			t.Fatalf("leaf %d has id %d after %d and says %s", i, id, last, payload)
		}
		last = id
	}
	if after <= last {
		t.Errorf("the leaf after them has id %d, the last of them %d", after, last)
	}
	private, err := record.GenerateKey("demo.example/record")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := record.ParseKey(private)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := record.Sequence(t.Context(), db, signer); err != nil || n != 502 {
		t.Fatal(n, err)
	}
	if b, err := record.ReadReceipt(t.Context(), db, ids[250]); err != nil || len(b) == 0 {
		t.Error(err)
	}
	if err := db.InTx(t.Context(), func(tx database.Tx) error {
		_, err := record.AppendMany(tx, []record.Leaf{leaf(1), {Kind: "no kind!", Scope: "scope"}})
		return err
	}); err == nil {
		t.Error("a leaf without a kind was taken")
	}
}
