package record

import (
	"crypto/rand"
	"errors"
	"fmt"

	"fieldtrial/internal/database"
)

// AppendMany is Append for many leaves at once, in their order: the ids of the result rise with it.
func AppendMany(tx database.Tx, leaves []Leaf) ([]int64, error) {
	n := len(leaves)
	kinds, scopes, subjects, payloads := make([]string, n), make([]string, n), make([]*string, n), make([][]byte, n)
	salts, commitments := make([][]byte, n), make([][]byte, n)
	for i, l := range leaves {
		if err := errors.Join(checkNames(l.Kind, l.Scope), checkPayload(l.Payload)); err != nil {
			return nil, err
		}
		var salt [SaltSize]byte
		_, _ = rand.Read(salt[:]) // never fails: the runtime stops the program first
		c := Commit(salt, l.Payload)
		kinds[i], scopes[i], payloads[i], salts[i], commitments[i] = string(l.Kind), l.Scope, l.Payload, salt[:], c[:]
		if l.Subject != "" {
			subjects[i] = &l.Subject
		}
	}
	// The ids are drawn first, one for each place, so that none depends on the order in which rows
	// happen to be written.
	rows, err := tx.Pgx().Query(tx.Context(), `select nextval(pg_get_serial_sequence('record_leaves', 'id')) from generate_series(1, $1::int) order by 1`, n)
	if err != nil {
		return nil, fmt.Errorf("record: draw ids: %w", err)
	}
	defer rows.Close()
	ids := make([]int64, 0, n)
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `
		with leaf as (
			insert into record_leaves (id, kind, scope, subject, commitment) overriding system value
			select * from unnest($1::bigint[], $2::text[], $3::text[], $4::uuid[], $5::bytea[]) returning id)
		insert into record_openings (leaf_id, salt, payload)
		select x.* from unnest($1::bigint[], $6::bytea[], $7::bytea[]) x`, ids, kinds, scopes, subjects, commitments, salts, payloads)
	if err != nil {
		return nil, fmt.Errorf("record: append %d leaves: %w", n, err)
	}
	return ids, nil
}
