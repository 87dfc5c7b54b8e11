package seed

import (
	"crypto/rand"
	"embed"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"

	"gopkg.in/yaml.v3"

	"fieldtrial/internal/lang"
)

//go:embed msec
var files embed.FS

// content is what the folder msec says.
type content struct {
	Programme struct {
		Slug, Name       string
		Grants           []string
		StartsOn         string `yaml:"starts_on"`
		Months           int
		AssessedInMonths []int `yaml:"assessed_in_months"`
		Languages        []string
	}
	Cities []struct {
		Slug, Country, Region, Language string
		TimeZone                        string `yaml:"time_zone"`
	}
	Contest struct {
		Month  int
		Prizes []struct{ Kind, Region string }
	}
	TargetGroups []map[string]string `yaml:"-"`
	Members      []map[string]string `yaml:"-"` // cities that could join
	Pilots       []map[string]string `yaml:"-"`
	KPIs         []map[string]string `yaml:"-"`
	Names        names               `yaml:"-"`
	Testbeds     []testbed           `yaml:"-"`
	Challenges   []challenge         `yaml:"-"`
}

type names struct {
	Programme    struct{ Title lang.Text }
	Cities       map[string]lang.Text
	LocalIssues  map[string]lang.Text                            `yaml:"localIssues"`
	TargetGroups map[string]struct{ Name, Needs lang.Text }      `yaml:"targetGroups"`
	Units        map[string]map[lang.Tag]map[string]string       `yaml:"units"`
	KPIs         map[string]struct{ Name, Definition lang.Text } `yaml:"kpis"`
	Contest      struct {
		Title, Focus, Applicants lang.Text
		HowToApply               lang.Text `yaml:"howToApply"`
		Prizes                   []lang.Text
	}
}

type testbed struct {
	Slug, Pilot, Partner string
	Cities               []string
	Open                 bool
	Capacity             int
	Name, Summary        lang.Text
	Gives                map[string]lang.Text
	Slots                []struct {
		City       string
		StartMonth int `yaml:"startMonth"`
		EndMonth   int `yaml:"endMonth"` // exclusive
	}
}

type challenge struct {
	Slug, Pilot     string
	Sample          bool
	LeadCity        string `yaml:"leadCity"`
	Cities          []string
	Testbed         string
	Language        string
	Tags            []string
	CriteriaWeights map[string]int `yaml:"criteriaWeights"`
	Texts           map[lang.Tag]struct {
		Title, Summary                                                          string
		Problem, Context, Success, Resources, Eligibility, Demonstration, Terms string
	}
}

func read() (*content, error) {
	var c content
	var beds struct{ Testbeds []testbed }
	for name, into := range map[string]any{"programme.yaml": &c, "names.yaml": &c.Names, "testbeds.yaml": &beds} {
		if err := readYAML(name, into); err != nil {
			return nil, err
		}
	}
	c.Testbeds = beds.Testbeds
	for name, into := range map[string]*[]map[string]string{
		"target_groups.csv": &c.TargetGroups, "member_cities.csv": &c.Members, "pilots.csv": &c.Pilots, "kpis.csv": &c.KPIs,
	} {
		if err := readCSV(name, into); err != nil {
			return nil, err
		}
	}
	list, err := files.ReadDir("msec/challenges")
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		var ch challenge
		if err := readYAML("challenges/"+f.Name(), &ch); err != nil {
			return nil, err
		}
		c.Challenges = append(c.Challenges, ch)
	}
	return &c, nil
}

func readYAML(name string, into any) error {
	b, err := files.ReadFile(path.Join("msec", name))
	if err == nil {
		err = yaml.Unmarshal(b, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func readCSV(name string, into *[]map[string]string) error {
	f, err := files.Open(path.Join("msec", name))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, k := range rows[0] {
			m[k] = r[i]
		}
		*into = append(*into, m)
	}
	return nil
}

// asJSON is a value for a jsonb column, where pgx would send a slice as an array.
func asJSON(v any) string {
	b, _ := json.Marshal(v) // slices of words and numbers
	return string(b)
}

// newScope is a public random id for the record.
func newScope() string {
	b := make([]byte, 12)
	_, _ = rand.Read(b) // never fails: the runtime stops the program first
	return base64.RawURLEncoding.EncodeToString(b)
}
