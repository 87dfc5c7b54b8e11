package contest

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/record"
)

// Publish makes an approved challenge public. From then on its original text, rubric, form and dates
// stand, and their hash is on record.
func (s *Service) Publish(ctx context.Context, actor authz.Actor, id uuid.UUID) (Dossier, error) {
	return s.act(ctx, actor, id, authz.PublishChallenge, func(tx database.Tx, d Dossier) error {
		now, err := tx.Now()
		switch {
		case err != nil:
			return err
		case d.ApprovedAt == nil:
			return ErrNotApproved
		case !now.Before(d.Dates.Closes) || d.Edition.ArchivedAt != nil:
			return ErrContestClosed
		}
		if _, err := tx.Pgx().Exec(ctx, `update challenges set published_at = $2, published_by = $3 where id = $1`, id, now, person(actor.PersonID)); err != nil {
			return err
		}
		if err := Freeze(tx, id, now); err != nil {
			return err
		}
		if err := s.tellOfficials(tx, d, uuid.Nil, func(to notify.Address) notify.Notice {
			return d.notice("challenge-published", to, notify.Params{
				"opens": notify.Moment{At: d.Dates.Opens, Zone: d.Zone}, "closes": notify.Moment{At: d.Dates.Closes, Zone: d.Zone},
				"url": notify.Link("/challenges/" + d.Slug),
			})
		}); err != nil {
			return err
		}
		return s.tellManagers(tx, d)
	})
}

// Freeze puts on record what a challenge says and how its entries are scored.
func Freeze(tx database.Tx, id uuid.UUID, at time.Time) error {
	d, err := readDossier(tx.Context(), tx.Pgx(), id)
	if err != nil {
		return err
	}
	sum, err := d.RulesHash()
	if err != nil {
		return err
	}
	payload, err := json.Marshal(struct {
		Challenge string `json:"challenge"`
		Rules     string `json:"rules"` // SHA-256 of the rules, base64
		Time      string `json:"time"`
	}{id.String(), sum, at.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)})
	if err != nil {
		return err
	}
	_, err = record.Append(tx, record.Leaf{Kind: record.KindRulesFrozen, Scope: d.RecordScope, Subject: id.String(), Payload: payload})
	return err
}

// RulesHash is the SHA-256, in base64, over what a team accepts by entering: the original text, the
// rubric, the form and the dates, as JSON with sorted keys. Translations are not part of it.
func (d Dossier) RulesHash() (string, error) {
	t := d.Texts[d.Language]
	type criterion struct {
		Key                     string
		Weight, Lowest, Highest int
		Name, Description       lang.Text
		Anchors                 []lang.Text
	}
	type field struct {
		Key, Section string
		Kind         FieldKind
		Required     bool
		MaxChars     int
		MaxBytes     int64
		Accept       []string
		Label        lang.Text
		Options      []Option
		MaxWords     int
		Min, Max     *float64
		ShownIf      *Condition
		FrozenAfter  *time.Time
		Identifying  bool
		JurySees     bool
	}
	rules := struct {
		Language       lang.Tag
		Title, Summary string
		Sections       map[string]string
		Rubric         []criterion
		Form           []field
		Dates          []string
	}{Language: d.Language, Title: t.Title, Summary: t.Summary, Sections: t.Sections}
	for _, c := range d.Rubric {
		rules.Rubric = append(rules.Rubric, criterion{c.Key, c.Weight, c.Lowest, c.Highest, c.Name, c.Description, c.Anchors})
	}
	for _, f := range d.Form {
		rules.Form = append(rules.Form, field{f.Key, f.Section, f.Kind, f.Required, f.MaxChars, f.MaxBytes, f.Accept, f.Label, f.Options,
			f.MaxWords, f.Min, f.Max, f.ShownIf, f.FrozenAfter, f.Identifying, f.JurySees})
	}
	for _, at := range []time.Time{d.Dates.Opens, d.Dates.Closes, d.Dates.JudgingEnds, d.Dates.Results} {
		rules.Dates = append(rules.Dates, at.UTC().Format(time.RFC3339Nano))
	}
	b, err := json.Marshal(rules)
	sum := sha256.Sum256(b)
	return base64.StdEncoding.EncodeToString(sum[:]), err
}

// languageNames are the names of the languages in each language, for notices.
var languageNames = map[lang.Tag]lang.Text{
	lang.EN: {lang.EN: "English", lang.ES: "inglés", lang.JA: "英語"},
	lang.ES: {lang.EN: "Spanish", lang.ES: "español", lang.JA: "スペイン語"},
	lang.JA: {lang.EN: "Japanese", lang.ES: "japonés", lang.JA: "日本語"},
}

// tellManagers tells the community managers which translations are pending.
func (s *Service) tellManagers(tx database.Tx, d Dossier) error {
	pending := d.Texts.Pending(d.Language)
	if len(pending) == 0 {
		return nil
	}
	names := lang.Text{}
	for _, reader := range lang.All {
		list := []string{}
		for _, p := range pending {
			list = append(list, languageNames[p][reader])
		}
		comma := ", "
		if reader == lang.JA {
			comma = "、"
		}
		names[reader] = strings.Join(list, comma)
	}
	told := map[uuid.UUID]bool{}
	for _, scope := range []struct {
		kind authz.Kind
		id   uuid.UUID
	}{{authz.Installation, uuid.Nil}, {authz.Contest, d.ContestID}} {
		managers, err := identity.Holders(tx.Context(), tx.Pgx(), scope.kind, scope.id, authz.Manager)
		if err != nil {
			return err
		}
		for _, to := range managers {
			if told[to.Person] {
				continue
			}
			told[to.Person] = true
			if err := notify.Send(tx, d.notice("translation-pending", to, notify.Params{"languages": names, "url": manageLink(d)})); err != nil {
				return err
			}
		}
	}
	return nil
}
