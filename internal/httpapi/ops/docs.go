package ops

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"sort"
	"strings"

	"github.com/labstack/echo/v4"
)

type operation struct {
	Method, Path, ID, Summary, Description string
	Public                                 bool
	Parameters                             []parameter
	Answers                                []answer
	Body                                   string
}

type parameter struct{ Name, In, Text string }
type answer struct{ Status, Text string }

type module struct {
	Name, Text string
	Operations []operation
}

// Docs registers the readable form of the contract at path: plain HTML, no script.
func Docs(e *echo.Echo, path string, document []byte) error {
	modules, about, err := outline(document)
	if err != nil {
		return err
	}
	var page strings.Builder
	if err := docsPage.Execute(&page, map[string]any{"Modules": modules, "About": strings.Split(about, "\n\n")}); err != nil {
		return err
	}
	e.GET(path, func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
		h.Set("Cache-Control", "public, max-age=300")
		return c.HTML(http.StatusOK, page.String())
	})
	e.GET(path+".css", func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "public, max-age=300")
		return c.Blob(http.StatusOK, "text/css; charset=utf-8", []byte(docsStyle))
	})
	return nil
}

// outline reads what the page shows: operations by module, in the order of their paths.
func outline(document []byte) ([]module, string, error) {
	var doc struct {
		Info       struct{ Description string }
		Tags       []struct{ Name, Description string }
		Paths      map[string]map[string]json.RawMessage
		Components struct {
			Parameters map[string]struct{ Name, In, Description string }
		}
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		return nil, "", fmt.Errorf("ops: contract: %w", err)
	}
	by := map[string][]operation{}
	for path, item := range doc.Paths {
		for method, raw := range item {
			var op struct {
				OperationID, Summary, Description string
				Tags                              []string
				Security                          *[]any
				Parameters                        []struct {
					Ref                   string `json:"$ref"`
					Name, In, Description string
				}
				RequestBody struct {
					Content map[string]struct {
						Schema struct {
							Ref string `json:"$ref"`
						}
					}
				}
				Responses map[string]struct{ Description string }
			}
			if method == "parameters" || json.Unmarshal(raw, &op) != nil || len(op.Tags) == 0 {
				continue
			}
			o := operation{Method: strings.ToUpper(method), Path: path, ID: op.OperationID, Summary: op.Summary,
				Description: op.Description, Public: op.Security != nil && len(*op.Security) == 0}
			for _, p := range op.Parameters {
				x := parameter{p.Name, p.In, p.Description}
				if name, ok := strings.CutPrefix(p.Ref, "#/components/parameters/"); ok {
					shared := doc.Components.Parameters[name]
					x = parameter{shared.Name, shared.In, shared.Description}
				}
				o.Parameters = append(o.Parameters, x)
			}
			for _, c := range op.RequestBody.Content {
				o.Body = strings.TrimPrefix(c.Schema.Ref, "#/components/schemas/")
			}
			for status, r := range op.Responses {
				if status != "default" {
					o.Answers = append(o.Answers, answer{status, r.Description})
				}
			}
			sort.Slice(o.Answers, func(i, j int) bool { return o.Answers[i].Status < o.Answers[j].Status })
			by[op.Tags[0]] = append(by[op.Tags[0]], o)
		}
	}
	out := []module{}
	for _, t := range doc.Tags {
		ops := by[t.Name]
		sort.Slice(ops, func(i, j int) bool {
			if ops[i].Path != ops[j].Path {
				return ops[i].Path < ops[j].Path
			}
			return ops[i].Method < ops[j].Method
		})
		out = append(out, module{t.Name, t.Description, ops})
	}
	return out, doc.Info.Description, nil
}

var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>API · Fieldtrial</title><link rel="stylesheet" href="docs.css"></head>
<body><main><h1>Fieldtrial API</h1>{{range .About}}<p>{{.}}</p>{{end}}
<p>The whole contract with all schemas: <a href="openapi.json">openapi.json</a> (OpenAPI 3.0.3). Base address: <code>/api/v1</code>.</p>
<nav aria-label="Modules"><ul>{{range .Modules}}<li><a href="#{{.Name}}">{{.Name}}</a>: {{.Text}}</li>{{end}}</ul></nav>
{{range .Modules}}<section><h2 id="{{.Name}}">{{.Text}}</h2>
{{range .Operations}}<article><h3 id="{{.ID}}"><code>{{.Method}} {{.Path}}</code></h3><p>{{.Summary}}{{if .Public}} <em>(public)</em>{{end}}</p>
{{with .Description}}<p>{{.}}</p>{{end}}{{with .Body}}<p>Body: <code>{{.}}</code></p>{{end}}
{{if .Parameters}}<ul>{{range .Parameters}}<li><code>{{.Name}}</code> ({{.In}}){{with .Text}}: {{.}}{{end}}</li>{{end}}</ul>{{end}}
<p>{{range .Answers}}<code>{{.Status}}</code> {{.Text}} {{end}}</p></article>
{{end}}</section>{{end}}</main></body></html>`))

const docsStyle = `body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}main{max-width:60rem;margin:auto}` +
	`article{border-top:1px solid #8888;padding:.25rem 0}h3{font-size:1rem;margin:.5rem 0}p{margin:.25rem 0;overflow-wrap:anywhere}` +
	`code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}`
