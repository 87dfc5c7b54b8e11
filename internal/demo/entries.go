package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"fieldtrial/internal/entry"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/team"
)

// made is one entry with its team, its document and how good it is: around 0, one in a hundred
// beyond ±2.5.
type made struct {
	team     team.Stocked
	entry    entry.Stocked
	document []byte
	quality  float64
}

var kinds = []string{"startup", "startup", "startup", "startup", "startup", "startup", "person", "company", "university", "group"}

var stageKeys = []string{"idea", "prototype", "pilot", "market"}

// entry makes up the n-th entry of a challenge.
func (m *maker) entry(s stage, n int) made {
	words := lexicons[m.rng.IntN(len(lexicons))]
	name, latinName := words.names(m.names[words.tag])
	m.names[words.tag]++
	at := pick(m.rng, words.places)
	subject, method := pick(m.rng, words.subject), pick(m.rng, words.method)
	x := made{quality: m.rng.NormFloat64()}
	x.team = team.Stocked{ID: m.rng.id(), Form: team.Form{Name: name, LatinName: latinName, Kind: pick(m.rng, kinds), Country: at.country, City: at.city, Source: pick(m.rng, []string{"", "F6S", "UTA", "web"})}}
	title := capital(fmt.Sprintf(words.title, subject, method))
	summary := fmt.Sprintf(words.summary, subject, method)
	solution := fmt.Sprintf(words.solution, subject, method)
	demonstration := fmt.Sprintf(words.demonstration, 4+m.rng.IntN(20))
	x.entry = entry.Stocked{ID: m.rng.id(), Team: x.team.ID, Language: words.tag, Answers: map[string]string{
		"project-title": title, "summary": summary, "stage": pick(m.rng, stageKeys), "team-experience": fmt.Sprintf(words.experience, 2+m.rng.IntN(30)),
		"website": fmt.Sprintf("https://team-%d.example/", m.rng.IntN(1_000_000)), "solution": solution, "security-privacy": words.privacy,
		"demonstration": demonstration, "testbed-needs": words.needs,
	}}
	m.time(s, n, &x.entry)
	x.document = PDF(title, []string{name, words.pdf[0], summary, words.pdf[1], solution, words.pdf[2], demonstration})
	file := m.rng.id()
	x.entry.Files = []entry.StockedFile{{
		ID: file, Field: "pitch-document", Name: "pitch.pdf", Type: "application/pdf", Size: int64(len(x.document)), Sum: sha256.Sum256(x.document),
		Key: entry.StockKey(x.entry.ID, uuid.New()), // never the same twice: an earlier one may still be on its way out
	}}
	return x
}

// time says when an entry was begun and sent: most in the last days before the deadline.
func (m *maker) time(s stage, _ int, e *entry.Stocked) {
	from, to := days(m.now, s.opens), days(m.now, s.closes)
	if to.After(m.now) {
		to = m.now
	}
	span := to.Sub(from)
	late := m.rng.Float64()
	sent := to.Add(-time.Duration(float64(span) * late * late * 0.95)).Add(-time.Minute).Truncate(time.Second)
	e.Begun = from.Add(time.Duration(float64(sent.Sub(from)) * m.rng.Float64())).Truncate(time.Second)
	if m.rng.Float64() < s.drafts {
		return
	}
	e.Sent = sent
	if m.rng.Float64() < s.screened {
		yes := m.rng.Float64() > 0.06
		e.Eligible = &yes
	}
	m.out.Submitted++
}

// store puts the documents where files lie, some at a time.
func (m *maker) store(ctx context.Context, all []made) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, x := range all {
		g.Go(func() error {
			_, err := m.Store.Put(ctx, x.entry.Files[0].Key, bytes.NewReader(x.document), int64(len(x.document)), "application/pdf")
			return err
		})
	}
	m.out.Files += len(all)
	return g.Wait()
}

// lexiconOf gives the words of a language.
func lexiconOf(l lang.Tag) lexicon {
	for _, x := range lexicons {
		if x.tag == l {
			return x
		}
	}
	return lexicons[len(lexicons)-1]
}
