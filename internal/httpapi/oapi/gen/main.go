// Command gen turns the contract in api/ into the bundled document and the Go of httpapi/oapi:
// the models once in oapi/common, the server of each module in oapi/<module>, and one client of
// everything in oapi/client, which the tests speak.
//
// The parts in api/paths/<module>.yaml hold the paths and the schemas of one module; all of them
// and api/openapi.yaml share one space of component names, so a reference is always
// "#/components/…" and the bundle is the plain union of the parts.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"gopkg.in/yaml.v3"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	parts, err := filepath.Glob("api/paths/*.yaml")
	if err != nil {
		return err
	}
	sort.Strings(parts)
	doc, err := read("api/openapi.yaml")
	if err != nil {
		return err
	}
	modules := []string{}
	for _, p := range parts {
		module := strings.TrimSuffix(filepath.Base(p), ".yaml")
		part, err := read(p)
		if err != nil {
			return err
		}
		if err := join(doc, part, module); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		modules = append(modules, module)
	}
	out, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	out = append(out, '\n')
	loaded, err := openapi3.NewLoader().LoadFromData(out)
	if err != nil {
		return err
	}
	if err := loaded.Validate(openapi3.NewLoader().Context); err != nil {
		return err
	}
	if err := errors.Join(write("api/openapi.gen.json", out), pack("api/openapi.gen.json.gz", out)); err != nil {
		return err
	}
	if err := generate("common", "models: true", "", nil); err != nil {
		return err
	}
	for _, m := range modules {
		if err := generate(m, "echo-server: true\n  strict-server: true", "fieldtrial/internal/httpapi/oapi/common", []string{m}); err != nil {
			return err
		}
	}
	return generate("client", "client: true", "fieldtrial/internal/httpapi/oapi/common", nil)
}

func read(path string) (map[string]any, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var m map[string]any
	if err := yaml.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// join adds a module's paths and components; a name that is taken is an error. Every operation
// gets the module's tag and the problem answer as its default.
func join(doc, part map[string]any, module string) error {
	paths, _ := part["paths"].(map[string]any)
	all := doc["paths"].(map[string]any)
	for p, item := range paths {
		if _, taken := all[p]; taken {
			return fmt.Errorf("path %s is taken", p)
		}
		for _, op := range item.(map[string]any) {
			o, ok := op.(map[string]any)
			if !ok {
				continue
			}
			o["tags"] = []any{module}
			if r, ok := o["responses"].(map[string]any); ok {
				if _, has := r["default"]; !has {
					r["default"] = map[string]any{"$ref": "#/components/responses/Problem"}
				}
			}
		}
		all[p] = item
	}
	components, _ := part["components"].(map[string]any)
	target := doc["components"].(map[string]any)
	for kind, names := range components {
		if target[kind] == nil {
			target[kind] = map[string]any{}
		}
		into := target[kind].(map[string]any)
		for name, v := range names.(map[string]any) {
			if _, taken := into[name]; taken {
				return fmt.Errorf("%s %s is taken", kind, name)
			}
			into[name] = v
		}
	}
	return nil
}

func generate(pkg, what, dot string, tags []string) error {
	dir := "internal/httpapi/oapi/" + pkg
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var cfg bytes.Buffer
	fmt.Fprintf(&cfg, "package: %s\ngenerate:\n  %s\noutput-options:\n  skip-prune: true\n", pkg, what)
	if len(tags) > 0 {
		fmt.Fprintf(&cfg, "  include-tags: [%s]\n", strings.Join(tags, ", "))
	}
	if dot != "" {
		fmt.Fprintf(&cfg, "additional-imports:\n  - {package: %q, alias: \".\"}\n", dot)
	}
	f, err := os.CreateTemp("", "oapi-*.yaml")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if _, err := f.Write(cfg.Bytes()); err != nil {
		return err
	}
	_ = f.Close()
	var out, errs bytes.Buffer
	c := exec.Command("go", "tool", "oapi-codegen", "-config", f.Name(), "api/openapi.gen.json")
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", pkg, err, errs.String())
	}
	return write(filepath.Join(dir, pkg+".gen.go"), out.Bytes())
}

// write leaves an unchanged file alone, so that the compiler's cache holds.
func write(path string, b []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, b) {
		return nil
	}
	return os.WriteFile(path, b, 0o644)
}

// pack writes b compressed, unless that is what the file holds already: compilers of other versions compress
// into other bytes.
func pack(path string, b []byte) error {
	if f, err := os.Open(path); err == nil {
		defer func() { _ = f.Close() }()
		if r, err := gzip.NewReader(f); err == nil {
			if old, err := io.ReadAll(r); err == nil && bytes.Equal(old, b) {
				return nil
			}
		}
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}
