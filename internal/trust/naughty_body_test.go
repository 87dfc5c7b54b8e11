package trust

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// textsIn lists every text of a JSON value.
func textsIn(v any, out []string) []string {
	switch x := v.(type) {
	case string:
		return append(out, x)
	case []any:
		for _, e := range x {
			out = textsIn(e, out)
		}
	case map[string]any:
		for _, e := range x {
			out = textsIn(e, out)
		}
	}
	return out
}

// put sets a value at a path of names and numbers, making what is missing.
func put(v any, path []string, to any) any {
	if len(path) == 0 {
		return to
	}
	if i, err := strconv.Atoi(path[0]); err == nil {
		list, _ := v.([]any)
		for len(list) <= i {
			list = append(list, nil)
		}
		list[i] = put(list[i], path[1:], to)
		return list
	}
	m, _ := v.(map[string]any)
	if m == nil {
		m = map[string]any{}
	}
	m[path[0]] = put(m[path[0]], path[1:], to)
	return m
}

// leaves gives the pointers of the texts in a body, with the first item of lists.
func leaves(s *openapi3.Schema, at string) map[string]*openapi3.Schema {
	out := map[string]*openapi3.Schema{}
	if s == nil || strings.Count(at, "/") > 8 {
		return out
	}
	if s.Type.Is("string") && len(s.Enum) == 0 && !slices.Contains([]string{"uuid", "date", "date-time"}, s.Format) {
		out[at] = s
	}
	add := func(ref *openapi3.SchemaRef, at string) {
		if ref != nil {
			for k, v := range leaves(ref.Value, at) {
				out[k] = v
			}
		}
	}
	for name, p := range s.Properties {
		add(p, at+"/"+name)
	}
	add(s.Items, at+"/0")
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, p := range list {
			add(p, at)
		}
	}
	return out
}

// plainOf gives a value as JSON reads it.
func plainOf(v any) (out any, err error) {
	raw, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	return out, err
}
