package contest

import (
	_ "embed"
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"

	"fieldtrial/internal/lang"
)

//go:embed template/city-challenge.yaml
var templateFile []byte

// Template is what an official starts a challenge from.
type Template struct {
	Key         string
	Name        lang.Text
	Description lang.Text
	Sections    []Section
	Rubric      struct {
		Scale    struct{ Min, Max int }
		Criteria []struct {
			Key         string
			Weight      int
			Name        lang.Text
			Description lang.Text
			Anchors     map[int]lang.Text
		}
	}
	EntryForm struct {
		Groups []struct {
			Key   string
			Label lang.Text
		}
		Fields []struct {
			Key      string
			Group    string
			Kind     FieldKind
			Required bool
			Limit    int
			Accept   []string
			MaxBytes int64 `yaml:"maxBytes"`
			// Identifying says whose entry it is; Demonstration, that it is how the entrant will demonstrate the solution.
			Identifying   bool
			Demonstration bool
			Label         lang.Text
			Hint          lang.Text
			Options       []Option
		} `yaml:"fields"`
	} `yaml:"entryForm"`
	Timeline struct {
		OpenDays       int `yaml:"openDays"`
		JudgingDays    int `yaml:"judgingDays"`
		ResultsDays    int `yaml:"resultsDays"`
		StandstillDays int `yaml:"standstillDays"`
	}
}

// Section is one text of a challenge. Limit counts characters; Starter fills it in a new one.
type Section struct {
	Key      string
	Format   string // "line" or "markdown"
	Required bool
	Limit    int
	Label    lang.Text
	Hint     lang.Text
	Starter  lang.Text
}

// programmeTemplate is part of the binary, so a file that cannot be read is a mistake of ours.
var programmeTemplate = sync.OnceValue(func() *Template {
	var t Template
	if err := yaml.Unmarshal(templateFile, &t); err != nil {
		panic(fmt.Sprintf("contest: template: %v", err))
	}
	return &t
})

// ProgrammeTemplate gives the programme's template for a city's challenge.
func ProgrammeTemplate() *Template { return programmeTemplate() }

func (t *Template) heading(group string) lang.Text {
	for _, g := range t.EntryForm.Groups {
		if g.Key == group {
			return g.Label
		}
	}
	return lang.Text{}
}
