package feed

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fieldtrial/internal/database"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
)

// Licence is that of the open data. Challenges of an archive carry their source's own, in a column.
const (
	Licence    = "CC-BY-4.0"
	LicenceURL = "https://creativecommons.org/licenses/by/4.0/"
	archived   = "CC0-1.0"
)

// Dataset is one table of public facts.
type Dataset struct {
	Key     string // of its address
	Title   lang.Text
	About   lang.Text
	Columns []Column
	rows    func(ctx context.Context, q database.Queryer, site Site) ([][]any, error)
}

// Column is what one column holds.
type Column struct {
	Name  string
	About lang.Text
}

// Find gives the dataset of that key.
func Find(key string) (Dataset, bool) {
	for _, d := range Datasets {
		if d.Key == key {
			return d, true
		}
	}
	return Dataset{}, false
}

// Rows reads the table: a value a column, nil where nothing is known. Values are text, int, bool,
// time.Time or []string.
func (d Dataset) Rows(ctx context.Context, q database.Queryer, site Site) ([][]any, error) {
	return d.rows(ctx, q, site)
}

// CSV writes rows as UTF-8 with a byte order mark, which spreadsheets need for Japanese. No cell is
// taken for a formula.
func (d Dataset) CSV(rows [][]any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		head[i] = c.Name
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, r := range rows {
		line := make([]string, len(r))
		for i, v := range r {
			line[i] = cell(v)
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func cell(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return kpi.SafeCell(x)
	case []string:
		return kpi.SafeCell(strings.Join(x, "; "))
	case time.Time:
		return stamp(x)
	}
	return fmt.Sprint(v)
}

// JSON writes rows as an object a row, with the licence and what the columns mean.
func (d Dataset) JSON(rows [][]any, site Site) ([]byte, error) {
	items := make([]json.RawMessage, 0, len(rows))
	for _, r := range rows {
		var b bytes.Buffer
		b.WriteByte('{')
		for i, v := range r {
			if at, ok := v.(time.Time); ok {
				v = stamp(at)
			}
			if i > 0 {
				b.WriteByte(',')
			}
			name, err := plain(d.Columns[i].Name)
			if err != nil {
				return nil, err
			}
			value, err := plain(v)
			if err != nil {
				return nil, err
			}
			b.Write(name)
			b.WriteByte(':')
			b.Write(value)
		}
		b.WriteByte('}')
		items = append(items, b.Bytes())
	}
	columns := map[string]lang.Text{}
	for _, c := range d.Columns {
		columns[c.Name] = c.About
	}
	return plain(map[string]any{
		"dataset": d.Key, "title": d.Title, "about": site.Page(lang.EN, "/open-data"), "licence": Licence, "licenceUrl": LicenceURL,
		"columns": columns, "items": items,
	})
}

// plain is JSON without the escapes that only HTML would need.
func plain(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
