// Package authoringapi answers for how a challenge comes about: its sections, requested edits, the
// moment of publication, clones, terms, eligibility questions and resources.
package authoringapi

import (
	"context"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	api "fieldtrial/internal/httpapi/oapi/authoring"
	"fieldtrial/internal/httpapi/oapi/common"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/resource"
)

// Managed shows a challenge to those who work on it, as the contest module does.
type Managed func(ctx context.Context, d contest.Dossier) common.ManagedChallenge

type server struct {
	contests  *contest.Service
	entries   *entry.Service
	resources *resource.Service
	managed   Managed
}

// Module registers the handlers.
func Module(contests *contest.Service, entries *entry.Service, resources *resource.Service, managed Managed) httpapi.Module {
	return func(r httpapi.Router) {
		api.RegisterHandlers(r, api.NewStrictHandler(&server{contests, entries, resources, managed}, nil))
	}
}

// sheet reads a challenge as its authors work on it, to answer with.
func (s *server) sheet(ctx context.Context, id uuid.UUID, err error) (api.ChallengeAuthoringJSONResponse, error) {
	if err != nil {
		return api.ChallengeAuthoringJSONResponse{}, err
	}
	a, err := s.contests.Authoring(ctx, authz.From(ctx), id)
	if err != nil {
		return api.ChallengeAuthoringJSONResponse{}, err
	}
	return api.ChallengeAuthoringJSONResponse(authoringOf(authz.From(ctx), a)), nil
}

func wanted(l *common.Lang) lang.Tag {
	if l == nil {
		return lang.EN
	}
	return lang.Tag(*l).Or(lang.EN)
}
