package entry

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/record"
)

// Stocked is a whole entry of a demonstration. Sent is when it was submitted; zero leaves it a draft.
type Stocked struct {
	ID       uuid.UUID
	Team     uuid.UUID
	Language lang.Tag
	Begun    time.Time
	Sent     time.Time
	Eligible *bool
	Answers  map[string]string // by field key
	Files    []StockedFile
}

// StockedFile is a file that lies in the store already, under Key.
type StockedFile struct {
	ID    uuid.UUID
	Field string // key
	Name  string
	Type  string
	Size  int64
	Sum   [sha256.Size]byte
	Key   string
}

// StockKey is where a file of an entry lies in the store.
func StockKey(entry, file uuid.UUID) string { return "entries/" + entry.String() + "/" + file.String() }

// Stock writes many new entries of a challenge at once, each with what goes on record of its
// submission, in the order given. The caller holds the challenge with LockExclusive.
func Stock(tx database.Tx, c contest.Challenge, entries []Stocked) error {
	form, err := contest.Form(tx.Context(), tx.Pgx(), c.ID)
	if err != nil {
		return err
	}
	fields := map[string]uuid.UUID{}
	for _, f := range form {
		fields[f.Key] = f.ID
	}
	var first int64
	if err := tx.Pgx().QueryRow(tx.Context(), `select min(n) from (select nextval('entry_references') as n from generate_series(1, $1::int)) x`, len(entries)).Scan(&first); err != nil {
		return err
	}
	var s stock
	for i, e := range entries {
		if err := s.add(c, e, fmt.Sprintf("FT-%d", first+int64(i)), fields); err != nil {
			return err
		}
	}
	return s.write(tx, c)
}

// stock gathers the rows of many entries.
type stock struct {
	entries, answers, files [][]any
	sent                    []row
	content                 []content
	at                      []time.Time
}

func (s *stock) add(c contest.Challenge, e Stocked, reference string, fields map[string]uuid.UUID) error {
	state, changed := StateDraft, e.Begun
	if !e.Sent.IsZero() {
		state, changed = StateSubmitted, e.Sent.Add(-time.Minute)
	}
	s.entries = append(s.entries, []any{e.ID, c.ID, e.Team, reference, string(e.Language), string(state), e.Eligible, changed, e.Begun})
	what := content{Answers: map[string]string{}, Files: []SentFile{}}
	for key, value := range e.Answers {
		field, asked := fields[key]
		if !asked {
			continue // this form asks for something else
		}
		what.Answers[key] = value
		s.answers = append(s.answers, []any{e.ID, field, value, changed})
	}
	for _, f := range e.Files {
		field, asked := fields[f.Field]
		if !asked {
			continue
		}
		what.Files = append(what.Files, SentFile{ID: f.ID, Field: f.Field, Name: f.Name, Size: f.Size, Type: f.Type, SHA256: hex.EncodeToString(f.Sum[:])})
		s.files = append(s.files, []any{f.ID, e.ID, field, f.Name, f.Size, f.Type, f.Type, f.Sum[:], f.Key, f.Size, "clean", changed, changed})
	}
	if state == StateSubmitted {
		s.sent = append(s.sent, row{ID: e.ID, Challenge: c.ID, Reference: reference, Language: e.Language})
		s.content, s.at = append(s.content, what), append(s.at, e.Sent)
	}
	return nil
}

func (s *stock) write(tx database.Tx, c contest.Challenge) error {
	copyInto := func(table string, columns []string, rows [][]any) error {
		_, err := tx.Pgx().CopyFrom(tx.Context(), pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		return err
	}
	if err := copyInto("entries", []string{"id", "challenge_id", "team_id", "reference", "language", "state", "eligible", "changed_at", "created_at"}, s.entries); err != nil {
		return err
	}
	if err := copyInto("answers", []string{"entry_id", "field_id", "value", "updated_at"}, s.answers); err != nil {
		return err
	}
	if err := copyInto("files", []string{"id", "entry_id", "field_id", "name", "size", "declared_type", "detected_type", "sha256", "object_key", "part_size",
		"state", "created_at", "completed_at"}, s.files); err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(s.sent))
	for i, r := range s.sent {
		ids[i] = r.ID
	}
	rules, err := contest.AcceptMany(tx, c.ID, ids)
	if err != nil {
		return err
	}
	leaves := make([]record.Leaf, len(s.sent))
	for i, r := range s.sent {
		payload, err := received(c, r, s.content[i], nil, 1, rules, s.at[i])
		if err != nil {
			return err
		}
		leaves[i] = record.Leaf{Kind: OnTime.Leaf(), Scope: c.RecordScope, Subject: r.ID.String(), Payload: payload}
	}
	placed, err := record.AppendMany(tx, leaves)
	if err != nil {
		return err
	}
	submissions := make([][]any, len(s.sent))
	for i, r := range s.sent {
		said, err := canonical(s.content[i].Answers)
		if err != nil {
			return err
		}
		files, err := json.Marshal(s.content[i].Files)
		if err != nil {
			return err
		}
		submissions[i] = []any{uuid.Must(uuid.NewV7()), r.ID, 1, string(said), string(files), placed[i], s.at[i], string(OnTime)}
	}
	if err := copyInto("submissions", []string{"id", "entry_id", "number", "answers", "files", "leaf_id", "submitted_at", "kind"}, submissions); err != nil {
		return err
	}
	_, err = tx.Pgx().Exec(tx.Context(), `update entries e set last_submission_id = s.id,
		form_seen = (select form_version from challenges where id = e.challenge_id) from submissions s where s.entry_id = e.id and e.id = any($1)`, ids)
	return err
}
