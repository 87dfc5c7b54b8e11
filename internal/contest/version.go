package contest

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/record"
)

// VersionKind says how a version of the rules came about.
type VersionKind string

// The kinds of versions: what was published first, a change of what the challenge says, and a later
// deadline with nothing else but dates.
const (
	VersionPublished VersionKind = "published"
	VersionChanged   VersionKind = "changed"
	VersionExtended  VersionKind = "extended"
)

// Version is one version of a challenge's rules. Number 1 is what was published.
type Version struct {
	Number int
	Kind   VersionKind
	Rules  Rules
	Hash   [sha256.Size]byte // of the canonical form of Rules, on record
	Reason lang.Text         // empty for version 1
	At     time.Time
}

// RulesVersion gives the number of the version in force. A published challenge has at least 1; a
// challenge that was never published has 0.
func RulesVersion(ctx context.Context, q database.Queryer, challenge uuid.UUID) (int, error) {
	var n int
	err := q.QueryRow(ctx, `select case when c.published_at is null then 0
		else coalesce((select max(v.number) from rules_versions v where v.challenge_id = c.id), 1) end
		from challenges c where c.id = $1`, challenge).Scan(&n)
	return n, err
}

// versions reads the versions on file, oldest first. A challenge that was published without one,
// such as a sample, has its version 1 made up from what stands; the caller may keep it.
func versions(ctx context.Context, q database.Queryer, d Dossier) (list []Version, kept bool, err error) {
	rows, err := q.Query(ctx, `select number, kind, snapshot, hash, reason, published_at from rules_versions
		where challenge_id = $1 order by number`, d.ID)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var v Version
		var snapshot string
		var hash []byte
		if err := rows.Scan(&v.Number, &v.Kind, &snapshot, &hash, &v.Reason, &v.At); err != nil {
			return nil, false, err
		}
		if err := json.Unmarshal([]byte(snapshot), &v.Rules); err != nil {
			return nil, false, err
		}
		copy(v.Hash[:], hash)
		list = append(list, v)
	}
	if err := rows.Err(); err != nil || len(list) > 0 || d.PublishedAt == nil {
		return list, true, err
	}
	first := Version{Number: 1, Kind: VersionPublished, Rules: d.Rules(), At: *d.PublishedAt}
	_, first.Hash, err = first.Rules.canonical()
	return []Version{first}, false, err
}

// Freeze files version 1 of a challenge's rules, as it stands, and puts its hash on record: what was
// published, and how entries are scored.
func Freeze(tx database.Tx, id uuid.UUID, at time.Time) error {
	if err := markRehearsal(tx, id); err != nil {
		return err
	}
	d, err := readDossier(tx.Context(), tx.Pgx(), id)
	if err != nil {
		return err
	}
	v := Version{Number: 1, Kind: VersionPublished, Rules: d.Rules(), At: at}
	_, hash, err := v.Rules.canonical()
	if err != nil {
		return err
	}
	payload, err := json.Marshal(struct {
		Challenge string `json:"challenge"`
		Rules     string `json:"rules"` // SHA-256 of the version, base64
		Order     Order  `json:"order"`
		Time      string `json:"time"`
	}{id.String(), base64.StdEncoding.EncodeToString(hash[:]), d.Order, record.Stamp(at)})
	if err != nil {
		return err
	}
	leaf, err := record.Append(tx, record.Leaf{Kind: record.KindRulesFrozen, Scope: d.RecordScope, Subject: id.String(), Payload: payload})
	if err != nil {
		return err
	}
	return keepVersion(tx, id, v, leaf, uuid.Nil)
}

// keepVersion files a version beside its leaf; 0 where it has none.
func keepVersion(tx database.Tx, challenge uuid.UUID, v Version, leaf int64, by uuid.UUID) error {
	snapshot, hash, err := v.Rules.canonical()
	if err != nil {
		return err
	}
	var on any
	if leaf != 0 {
		on = leaf
	}
	_, err = tx.Pgx().Exec(tx.Context(), `insert into rules_versions (challenge_id, number, kind, snapshot, hash, reason, leaf_id, published_by, published_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9) on conflict do nothing`,
		challenge, v.Number, string(v.Kind), string(snapshot), hash[:], v.Reason, on, person(by), v.At)
	return err
}

// appendRules puts a version after the first on record: a "rules" leaf, and for a later deadline a
// "deadline.extended" leaf before it. Reasons go in by their hash: payloads hold no texts.
func appendRules(tx database.Tx, c Challenge, v Version, before Dates) (int64, error) {
	_, hash, err := v.Rules.canonical()
	if err != nil {
		return 0, err
	}
	why, err := json.Marshal(v.Reason)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(why)
	reason := base64.StdEncoding.EncodeToString(sum[:])
	if !v.Rules.Dates.ClosesAt.Equal(before.Closes) {
		payload, err := json.Marshal(struct {
			Challenge string `json:"challenge"`
			Version   int    `json:"version"`
			From      string `json:"from"`
			To        string `json:"to"`
			Reason    string `json:"reason"`
			Time      string `json:"time"`
		}{c.ID.String(), v.Number, record.Stamp(before.Closes), record.Stamp(v.Rules.Dates.ClosesAt), reason, record.Stamp(v.At)})
		if err != nil {
			return 0, err
		}
		if _, err := record.Append(tx, record.Leaf{Kind: record.KindDeadlineExtended, Scope: c.RecordScope, Subject: c.ID.String(), Payload: payload}); err != nil {
			return 0, err
		}
	}
	payload, err := json.Marshal(struct {
		Challenge string `json:"challenge"`
		Version   int    `json:"version"`
		Rules     string `json:"rules"`
		Reason    string `json:"reason"`
		Time      string `json:"time"`
	}{c.ID.String(), v.Number, base64.StdEncoding.EncodeToString(hash[:]), reason, record.Stamp(v.At)})
	if err != nil {
		return 0, err
	}
	return record.Append(tx, record.Leaf{Kind: record.KindRules, Scope: c.RecordScope, Subject: c.ID.String(), Payload: payload})
}
