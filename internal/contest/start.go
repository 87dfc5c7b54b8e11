package contest

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// What keeps a challenge from being started or named.
var (
	ErrContestClosed = fault.New(fault.Conflict, "contest.closed", "The contest takes no more challenges: its deadline has passed.")
	ErrSlugTaken     = database.Constraint("challenges_slug", fault.New(fault.Conflict, "challenge.slug_taken", "Another challenge has this address already."))
)

// NewChallenge is a challenge to start from the template.
type NewChallenge struct {
	Contest  uuid.UUID
	LeadCity uuid.UUID
	Language lang.Tag // of the authoritative version; the lead city's when empty
	Title    string
	Testbeds []uuid.UUID
}

// Start makes a draft from the programme's template: its rubric, its form and its starter texts in
// the authoritative language.
func (s *Service) Start(ctx context.Context, actor authz.Actor, n NewChallenge) (Dossier, error) {
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.CreateChallenge, authz.Scope{Cities: []uuid.UUID{n.LeadCity}, Contest: n.Contest}); err != nil {
			return err
		}
		lead, err := city.ByID(ctx, tx.Pgx(), n.LeadCity)
		if err != nil {
			return err
		}
		if err := takesChallenges(tx, n.Contest); err != nil {
			return err
		}
		p := Plan{
			Contest: n.Contest, Cities: []uuid.UUID{lead.ID}, Language: n.Language.Or(lead.Language), Testbeds: n.Testbeds,
			By: actor.PersonID, Slug: slugFor(n.Title, lead.Slug),
		}
		p.Texts = Texts{p.Language: starterText(p.Language, n.Title)}
		id, err = Insert(tx, p)
		tx.Remember(id.String())
		return err
	})
	if was, replay := database.Replayed(err); replay {
		id, err = uuid.Parse(was)
	}
	if err != nil {
		return Dossier{}, err
	}
	return s.Dossier(ctx, actor, id)
}

// Plan is a challenge to write as a whole, with the template's rubric and form.
type Plan struct {
	Contest  uuid.UUID
	Slug     string // made unique when it is taken
	Cities   []uuid.UUID
	Language lang.Tag
	Texts    Texts
	Testbeds []uuid.UUID
	Tags     []string
	Weights  map[string]int // of criteria by key, where they differ from the template's
	Sample   bool
	By       uuid.UUID // whose draft it is; may be uuid.Nil
	Terms    string    // key of the terms template; empty: to be chosen
	// Published is set for challenges that come from outside ready to be read, such as samples.
	Published *time.Time
}

// Insert writes a planned challenge and gives its id.
func Insert(tx database.Tx, p Plan) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	ctx, q := tx.Context(), tx.Pgx()
	if p.Tags == nil {
		p.Tags = []string{}
	}
	sql := `insert into challenges (id, contest_id, lead_city_id, slug, language, sample, tags, created_by, terms_template, submitted_at, approved_at, published_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,nullif($10, ''),$9,$9,$9) on conflict on constraint challenges_slug do nothing`
	for try := 0; ; try++ {
		slug := p.Slug
		if try > 0 {
			slug = p.Slug + "-" + id.String()[36-4*try:]
		}
		tag, err := q.Exec(ctx, sql, id, p.Contest, p.Cities[0], slug, string(p.Language), p.Sample, jsonList(p.Tags), person(p.By), p.Published, p.Terms)
		if err != nil {
			return id, err
		}
		if tag.RowsAffected() == 1 {
			break
		}
		if try == 3 {
			return id, ErrSlugTaken
		}
	}
	if err := setCities(tx, id, p.Cities); err != nil {
		return id, err
	}
	if err := setTestbeds(tx, id, p.Cities, p.Testbeds); err != nil {
		return id, err
	}
	for l, t := range p.Texts {
		t.Language, t.SourceVersion, t.Version = l, 1, 1
		if err := insertText(tx, id, t.tidy(), p.By); err != nil {
			return id, err
		}
	}
	if err := replaceCriteria(tx, id, templateRubric(p.Weights)); err != nil {
		return id, err
	}
	return id, insertForm(tx, id)
}

func slugFor(title, lead string) string {
	if s := city.Slug(title); len(s) >= 3 {
		return s
	}
	return lead + "-challenge"
}

func starterText(l lang.Tag, title string) Text {
	t := Text{Language: l, Title: title, Sections: map[string]string{}}
	for _, s := range programmeTemplate().Sections {
		if s.Format == "markdown" {
			t.Sections[s.Key] = s.Starter[l]
		}
	}
	return t
}

// templateRubric gives the template's criteria, with other weights where the plan has them.
func templateRubric(weights map[string]int) []Criterion {
	t := programmeTemplate()
	out := []Criterion{}
	for _, c := range t.Rubric.Criteria {
		k := Criterion{Key: c.Key, Weight: c.Weight, Lowest: t.Rubric.Scale.Min, Highest: t.Rubric.Scale.Max, Name: c.Name, Description: c.Description}
		if w, ok := weights[c.Key]; ok {
			k.Weight = w
		}
		for score := k.Lowest; score <= k.Highest; score++ {
			k.Anchors = append(k.Anchors, c.Anchors[score])
		}
		out = append(out, k)
	}
	return out
}

// TemplateRubric gives the criteria that a new challenge starts with.
func TemplateRubric() []Criterion { return templateRubric(nil) }
