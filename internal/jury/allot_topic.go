package jury

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Topic is a choice question of the form. What an entry chose and what a juror knows are compared
// as tags "question/option".
type Topic struct {
	Key     string
	Label   lang.Text
	Options []TopicOption
}

// TopicOption is one tag with its name.
type TopicOption struct {
	Tag   string
	Label lang.Text
}

// topicsOf lists the choice questions that the jury sees.
func topicsOf(ctx context.Context, q database.Queryer, c contest.Challenge) ([]Topic, error) {
	form, err := contest.Form(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	out := []Topic{}
	for _, f := range form {
		if f.Kind != contest.Choice && f.Kind != contest.Choices || !f.JurySees || c.Blind && f.Identifying {
			continue
		}
		t := Topic{Key: f.Key, Label: f.Label}
		for _, o := range f.Options {
			t.Options = append(t.Options, TopicOption{f.Key + "/" + o.Key, o.Label})
		}
		out = append(out, t)
	}
	return out, nil
}

// tagsOf reads which tags each entry chose in its last submission.
func tagsOf(ctx context.Context, q database.Queryer, list []Candidate, topics []Topic) (map[uuid.UUID][]string, error) {
	out := map[uuid.UUID][]string{}
	if len(topics) == 0 {
		return out, nil
	}
	keys := []string{}
	known := map[string]bool{}
	for _, t := range topics {
		keys = append(keys, t.Key)
		for _, o := range t.Options {
			known[o.Tag] = true
		}
	}
	sent := make([]uuid.UUID, len(list))
	for i, e := range list {
		sent[i] = e.SubmissionID
	}
	rows, err := q.Query(ctx, `select s.entry_id, coalesce(jsonb_object_agg(k, s.answers ->> k) filter (where s.answers ? k), '{}')
		from submissions s cross join unnest($2::text[]) as k where s.id = any($1) group by s.entry_id`, sent, keys)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var raw []byte
		if err := rows.Scan(&id, &raw); err != nil {
			return nil, err
		}
		answers := map[string]string{}
		if err := json.Unmarshal(raw, &answers); err != nil {
			return nil, err
		}
		for key, value := range answers {
			for option := range strings.SplitSeq(value, ",") {
				if tag := key + "/" + option; known[tag] {
					out[id] = append(out[id], tag)
				}
			}
		}
		slices.Sort(out[id])
	}
	return out, rows.Err()
}
