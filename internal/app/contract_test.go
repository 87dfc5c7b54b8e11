package app

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"fieldtrial/api"
	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi"
)

type operation struct {
	ID       string            `json:"operationId"`
	Security *[]map[string]any `json:"security"`
}

func operations(t *testing.T) map[string]operation {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(api.Document, &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]operation{}
	for path, item := range doc.Paths {
		for method, raw := range item {
			if !strings.Contains(" get put post patch delete ", " "+method+" ") {
				continue
			}
			var op operation
			if err := json.Unmarshal(raw, &op); err != nil {
				t.Fatal(err)
			}
			out[strings.ToUpper(method)+" "+path] = op
		}
	}
	return out
}

func TestEveryOperationHasALineInThePolicyTable(t *testing.T) {
	known := map[string]bool{}
	for route, op := range operations(t) {
		need, listed := authz.Operations[op.ID]
		if !listed {
			t.Errorf("%s (%s) has no line in the operations table", route, op.ID)
		}
		open := op.Security != nil && len(*op.Security) == 0
		if open != need.Public {
			t.Errorf("%s (%s): `security: []` is %v in the contract, public is %v in the table", route, op.ID, open, need.Public)
		}
		known[op.ID] = true
	}
	for id := range authz.Operations {
		if !known[id] {
			t.Errorf("the operations table lists %s, which the contract does not have", id)
		}
	}
}

func TestEveryActionOfTheTableIsInThePolicy(t *testing.T) {
	in := map[authz.Action]bool{}
	for _, a := range authz.Actions() {
		in[a] = true
	}
	for id, need := range authz.Operations {
		if need.Action != "" && !in[need.Action] {
			t.Errorf("%s asks for %s, which no rule grants", id, need.Action)
		}
	}
}

// The router is walked, not the contract: a handler registered beside the contract would be found.
func TestEveryRouteIsInTheContract(t *testing.T) {
	s := &services{}
	e, err := httpapi.New(httpapi.Config{Log: slog.New(slog.DiscardHandler), Document: api.Document}, s.modules(nil)...)
	if err != nil {
		t.Fatal(err)
	}
	ops := operations(t)
	routes := map[string]bool{}
	for _, r := range e.Routes() {
		path, under := strings.CutPrefix(r.Path, httpapi.Base)
		if !under || path == "/openapi.json" || r.Method == "echo_route_not_found" {
			continue
		}
		parts := strings.Split(path, "/")
		for i, p := range parts {
			if name, ok := strings.CutPrefix(p, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		key := r.Method + " " + strings.Join(parts, "/")
		routes[key] = true
		if _, ok := ops[key]; !ok {
			t.Errorf("%s is served and not in the contract", key)
		}
	}
	for key := range ops {
		if !routes[key] {
			t.Errorf("%s is in the contract and not served", key)
		}
	}
}
