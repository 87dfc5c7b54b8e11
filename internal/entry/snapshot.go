package entry

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
)

// Summary is a submitted entry as other rooms list it.
type Summary struct {
	EntryID      uuid.UUID
	Reference    string
	TeamID       uuid.UUID
	TeamName     string
	TeamKind     string
	Country      string
	Language     lang.Tag
	SubmittedAt  time.Time
	SubmissionID uuid.UUID
}

// Submitted lists the entries of a challenge that are submitted and not withdrawn, by reference.
// What the actor is excluded from is left out. The caller has checked that the actor may see the
// rest.
func Submitted(ctx context.Context, q database.Queryer, actor authz.Actor, challenge uuid.UUID) ([]Summary, error) {
	rows, err := q.Query(ctx, `
		select e.id, e.reference, t.id, t.name, t.kind, t.country, e.language, s.submitted_at, s.id
		from entries e join teams t on t.id = e.team_id join submissions s on s.id = e.last_submission_id
		where e.challenge_id = $1 and e.state = 'submitted' and`+authz.NotExcluded("e.id", "$2")+`
		order by length(e.reference), e.reference`, challenge, actor.PersonID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Summary])
}

// Content is an entry as it was last submitted.
type Content struct {
	EntryID      uuid.UUID
	ChallengeID  uuid.UUID
	Reference    string
	Language     lang.Tag
	Team         TeamMark
	SubmissionID uuid.UUID
	Number       int
	SubmittedAt  time.Time
	Answers      []SentAnswer // in the form's order; empty ones are left out
	Files        []ContentFile
	Testbeds     []RankedTestbed // that it would take, most wanted first
}

// SentAnswer is one answer with what was asked.
type SentAnswer struct {
	Field contest.Field
	Value string
}

// ContentFile is one file as submitted, with where it stands now.
type ContentFile struct {
	SentFile
	State FileState
}

// Snapshot reads what an entry last submitted, in a fixed number of queries. fault.ErrNotFound
// where nothing was. The caller has checked the actor.
func Snapshot(ctx context.Context, q database.Queryer, entry uuid.UUID) (Content, error) {
	r, err := read(ctx, q, entry)
	if err != nil {
		return Content{}, err
	}
	if r.Submission == nil {
		return Content{}, fault.ErrNotFound
	}
	form, err := contest.Form(ctx, q, r.Challenge)
	if err != nil {
		return Content{}, err
	}
	sent, err := sentContent(ctx, q, r.Submission.ID)
	if err != nil {
		return Content{}, err
	}
	out := Content{
		EntryID: r.ID, ChallengeID: r.Challenge, Reference: r.Reference, Language: r.Language, Team: r.Team,
		SubmissionID: r.Submission.ID, Number: r.Submission.Number, SubmittedAt: r.Submission.At,
		Answers: []SentAnswer{}, Files: []ContentFile{},
	}
	for _, f := range form {
		if v, ok := sent.Answers[f.Key]; ok {
			out.Answers = append(out.Answers, SentAnswer{f, v})
		}
	}
	ids := make([]uuid.UUID, 0, len(sent.Files))
	for _, f := range sent.Files {
		ids = append(ids, f.ID)
	}
	var order []byte
	if err := q.QueryRow(ctx, `select testbeds from submissions where id = $1`, r.Submission.ID).Scan(&order); err != nil {
		return Content{}, err
	}
	if err := json.Unmarshal(order, &out.Testbeds); err != nil {
		return Content{}, err
	}
	files, err := filesByID(ctx, q, ids)
	if err != nil {
		return Content{}, err
	}
	for _, f := range sent.Files {
		if i := slices.IndexFunc(files, func(x File) bool { return x.ID == f.ID }); i >= 0 {
			out.Files = append(out.Files, ContentFile{f, files[i].State})
		}
	}
	return out, nil
}

// TeamAddresses gives where to write to the members of an entry's team.
func TeamAddresses(ctx context.Context, q database.Queryer, entry uuid.UUID) ([]notify.Address, error) {
	var of uuid.UUID
	err := q.QueryRow(ctx, `select team_id from entries where id = $1`, entry).Scan(&of)
	if database.NotFound(err) {
		return nil, fault.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return addresses(ctx, q, of, uuid.Nil)
}

// addresses are the team's members with confirmed addresses, and one person besides.
func addresses(ctx context.Context, q database.Queryer, of, besides uuid.UUID) ([]notify.Address, error) {
	to, err := identity.Holders(ctx, q, authz.Team, of, authz.TeamRoles...)
	if err != nil || besides == uuid.Nil {
		return to, err
	}
	if slices.ContainsFunc(to, func(a notify.Address) bool { return a.Person == besides }) {
		return to, nil
	}
	a, err := identity.AddressOf(ctx, q, besides)
	if database.NotFound(err) {
		return to, nil
	}
	return append(to, a), err
}
