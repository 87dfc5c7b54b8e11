package contest

import (
	"context"
	_ "embed"
	"fmt"
	"sync"

	"github.com/google/uuid"
	"gopkg.in/yaml.v3"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

//go:embed template/terms.yaml
var termsFile []byte

// Terms are a template for who owns what a trial brings about. Text is Markdown, in every language.
type Terms struct {
	Key     string
	Name    lang.Text
	Summary lang.Text // when to choose it
	Text    lang.Text
}

// TermsTemplates lists the templates in the order they are offered. They are part of the binary, so a
// file that cannot be read is a mistake of ours.
var TermsTemplates = sync.OnceValue(func() []Terms {
	var t []Terms
	if err := yaml.Unmarshal(termsFile, &t); err != nil {
		panic(fmt.Sprintf("contest: terms: %v", err))
	}
	return t
})

// TermsByKey finds a template; false where there is none of that key.
func TermsByKey(key string) (Terms, bool) {
	for _, t := range TermsTemplates() {
		if t.Key == key {
			return t, true
		}
	}
	return Terms{}, false
}

// ChooseTerms settles the terms of a draft that was read at a version.
func (s *Service) ChooseTerms(ctx context.Context, actor authz.Actor, id uuid.UUID, version int, key string) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		c, err := editing(tx, actor, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return fault.ErrStale
		}
		if _, ok := TermsByKey(key); !ok {
			return fault.ErrInvalid.At("/template", "not_a_choice", nil)
		}
		if _, err := tx.Pgx().Exec(ctx, `update challenges set terms_template = $2 where id = $1`, id, key); err != nil {
			return err
		}
		return touched(tx, id, true)
	})
}
