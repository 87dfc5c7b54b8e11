package notify

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"fieldtrial/internal/lang"
)

//go:embed templates/*.yaml
var templateFiles embed.FS

//go:embed roles.yaml
var roleFile []byte

// text is a subject and a body in the three languages.
type text struct {
	Subject lang.Text `yaml:"subject"`
	Body    lang.Text `yaml:"body"`
}

// template is one kind of notice. Variants are keyed by the parameter "role".
type template struct {
	text     `yaml:",inline"`
	Variants map[Role]text `yaml:"variants"`
}

// forRole gives the text for a role: its variant, else the common one.
func (t template) forRole(r Role) text {
	if v, ok := t.Variants[r]; ok {
		return v
	}
	return t.text
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// names lists the placeholders of a text in one language, sorted, each once.
func (t text) names(l lang.Tag) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(t.Subject[l]+"\n"+t.Body[l], -1) {
		out = append(out, m[1])
	}
	sort.Strings(out)
	return slices.Compact(out)
}

// check finds what would only show when a notice is written: a missing language, or a placeholder
// that one language has and another lacks.
func (t text) check() error {
	want := t.names(lang.EN)
	for _, l := range lang.All {
		if strings.TrimSpace(t.Subject[l]) == "" || strings.TrimSpace(t.Body[l]) == "" {
			return fmt.Errorf("%s is missing", l)
		}
		if strings.Contains(strings.TrimSpace(t.Subject[l]), "\n") {
			return fmt.Errorf("the subject in %s has more than one line", l)
		}
		if got := t.names(l); !slices.Equal(got, want) {
			return fmt.Errorf("placeholders in %s are %v, in en %v", l, got, want)
		}
	}
	return nil
}

// templates and roleNames are read once at start; a fault in them stops the program there and not
// when the first reader waits for a mail.
var (
	templates = mustTemplates()
	roleNames = mustRoles()
)

func mustTemplates() map[string]template {
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		panic(err)
	}
	out := make(map[string]template, len(files))
	for _, f := range files {
		b, err := templateFiles.ReadFile(path.Join("templates", f.Name()))
		if err != nil {
			panic(err)
		}
		t, err := parseTemplate(b)
		if err != nil {
			panic(fmt.Sprintf("notify: templates/%s: %v", f.Name(), err))
		}
		out[strings.TrimSuffix(f.Name(), ".yaml")] = t
	}
	return out
}

func parseTemplate(b []byte) (template, error) {
	var t template
	if err := yaml.Unmarshal(b, &t); err != nil {
		return t, err
	}
	if err := t.check(); err != nil {
		return t, err
	}
	for r, v := range t.Variants {
		if err := v.check(); err != nil {
			return t, fmt.Errorf("variant %s: %w", r, err)
		}
	}
	return t, nil
}

func mustRoles() map[Role]lang.Text {
	out := map[Role]lang.Text{}
	if err := yaml.Unmarshal(roleFile, &out); err != nil {
		panic(fmt.Sprintf("notify: roles.yaml: %v", err))
	}
	return out
}

// Kinds lists the kinds of notices, sorted.
func Kinds() []string {
	out := make([]string, 0, len(templates))
	for k := range templates {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// RoleName gives a role's name as running text prints it, by language.
func RoleName(r Role) lang.Text { return roleNames[r] }

// fits finds a parameter that the template of a kind asks for and the notice lacks.
func fits(kind string, params map[string]param) error {
	t, ok := templates[kind]
	if !ok {
		return fmt.Errorf("notify: there is no template %q", kind)
	}
	for _, name := range t.forRole(params["role"].Role).names(lang.EN) {
		if _, ok := params[name]; !ok {
			return fmt.Errorf("notify: %s needs the parameter %q", kind, name)
		}
	}
	return nil
}
