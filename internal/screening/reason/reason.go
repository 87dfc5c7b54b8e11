// Package reason holds why an entry can fail the check of eligibility: the list of a contest, or the
// one that contests without their own use.
package reason

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
)

// Reason is why an entry fails. Key is stable within a contest. Gone ones are no longer to be chosen;
// they name what earlier verdicts say.
type Reason struct {
	Key   string    `json:"key"`
	Label lang.Text `json:"label"`
	Gone  bool      `json:"gone,omitempty"`
}

// Other is the reason that the official's own words must explain.
const Other = "other"

// usual is the list of contests that have none of their own.
var usual = []Reason{
	{Key: "kind", Label: lang.Text{lang.EN: "The team is not of a kind that may take part", lang.ES: "El tipo de equipo no puede participar", lang.JA: "参加対象の組織ではない"}},
	{Key: "incomplete", Label: lang.Text{lang.EN: "The entry is incomplete", lang.ES: "La candidatura está incompleta", lang.JA: "応募内容に不足がある"}},
	{Key: "scope", Label: lang.Text{lang.EN: "The entry does not answer this challenge", lang.ES: "La candidatura no responde a este reto", lang.JA: "チャレンジの対象外である"}},
	{Key: "duplicate", Label: lang.Text{lang.EN: "The entry repeats another one", lang.ES: "La candidatura repite otra", lang.JA: "ほかの応募と重複している"}},
	{Key: "late", Label: lang.Text{lang.EN: "The entry came too late", lang.ES: "La candidatura llegó fuera de plazo", lang.JA: "締切後に提出された"}},
	{Key: "conflict", Label: lang.Text{lang.EN: "There is a conflict of interest", lang.ES: "Existe un conflicto de intereses", lang.JA: "利益相反がある"}},
	{Key: Other, Label: lang.Text{lang.EN: "Another reason", lang.ES: "Otro motivo", lang.JA: "その他の理由"}},
}

// Usual gives the list of contests that have none of their own.
func Usual() []Reason { return slices.Clone(usual) }

// Offered leaves out the reasons that are gone.
func Offered(list []Reason) []Reason {
	return slices.DeleteFunc(slices.Clone(list), func(r Reason) bool { return r.Gone })
}

// List reads a contest's reasons, its own or the usual ones; those that verdicts may still name and
// that are no longer to be chosen come last.
func List(ctx context.Context, q database.Queryer, contest uuid.UUID) ([]Reason, error) {
	var raw []byte
	if err := q.QueryRow(ctx, `select screening_reasons from contests where id = $1`, contest).Scan(&raw); err != nil {
		return nil, err
	}
	if raw == nil {
		return usual, nil
	}
	var own []Reason
	if err := json.Unmarshal(raw, &own); err != nil {
		return nil, err
	}
	if len(own) == 0 {
		return usual, nil
	}
	for _, r := range usual {
		if !has(own, r.Key) {
			r.Gone = true
			own = append(own, r)
		}
	}
	return own, nil
}

func has(list []Reason, key string) bool {
	return slices.ContainsFunc(list, func(r Reason) bool { return r.Key == key })
}

// Bullets writes reasons and the official's words as a mail carries them: by language, one reason a
// line.
func Bullets(list []Reason, keys []string, note string) lang.Text {
	out := lang.Text{}
	for _, l := range lang.All {
		text := ""
		for _, r := range Labels(list, keys) {
			label, _ := r.In(l)
			text += "– " + label + "\n"
		}
		if note != "" {
			text += "\n" + note + "\n"
		}
		out[l] = text[:max(0, len(text)-1)]
	}
	return out
}

// Labels gives the labels of some reasons, in the list's order.
func Labels(list []Reason, keys []string) []lang.Text {
	out := []lang.Text{}
	for _, r := range list {
		if slices.Contains(keys, r.Key) {
			out = append(out, r.Label)
		}
	}
	return out
}
