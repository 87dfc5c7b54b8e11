package contest

import (
	"context"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/lang"
)

// sourcesLimit bounds a list of sources: further ones are found by words.
const sourcesLimit = 20

// Sources finds challenges to start from, the actor's own and every published one, last changed first.
func (s *Service) Sources(ctx context.Context, actor authz.Actor, words string, want lang.Tag) ([]Managed, error) {
	page, err := s.Manage(ctx, actor, ManageFilter{Words: words, Want: want, Limit: sourcesLimit, published: true})
	return page.Items, err
}
