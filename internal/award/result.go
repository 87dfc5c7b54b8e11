package award

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// Trial is the awarded stay in a testbed.
type Trial struct {
	TestbedSlug string
	Testbed     lang.Text
	City        jury.Mark
	StartsOn    time.Time
	EndsOn      time.Time
}

// Reason is a public reason in its author's language.
type Reason struct {
	Text     string
	Language lang.Tag
}

// WinnerRow is what the public learns of a winner.
type WinnerRow struct {
	Place    int
	TeamName string
	TeamKind string
	Country  string
	TeamCity string
	Title    string
	Summary  string
	Language lang.Tag // of title and summary
	Reason   Reason
	Trial    *Trial
	Prize    lang.Text
}

// Results are public once released.
type Results struct {
	Challenge contest.Challenge
	City      jury.Mark
	Until     time.Time // objections
	Entries   int
	Winners   []WinnerRow
	Contest   string   // slug
	Gallery   int      // entries whose teams agreed to be shown
	Others    []Reason // for other departures from the jury's order; no entry is named
}

// Results reads the public results of a challenge. Before the release there is nothing here.
func (s *Service) Results(ctx context.Context, slug string) (Results, error) {
	q := s.db.Pool()
	id, err := contest.IDBySlug(ctx, q, slug)
	if err != nil {
		return Results{}, err
	}
	c, err := contest.Load(ctx, q, id)
	if err != nil {
		return Results{}, err
	}
	if c.ReleasedAt == nil {
		return Results{}, fault.ErrNotFound
	}
	out := Results{Challenge: c, Winners: []WinnerRow{}, Others: []Reason{}}
	if out.Until, err = standstill(ctx, q, c, *c.ReleasedAt); err != nil {
		return out, err
	}
	if err := q.QueryRow(ctx, `select slug, (select count(*) from entries where challenge_id = $2 and state = 'submitted' and gallery
		and eligible is distinct from false) from contests where id = $1`, c.ContestID, c.ID).Scan(&out.Contest, &out.Gallery); err != nil {
		return out, err
	}
	if err := q.QueryRow(ctx, `select id, slug, name, position, time_zone, country from cities where id = $1`, c.LeadCity).
		Scan(&out.City.ID, &out.City.Slug, &out.City.Name, &out.City.Position, &out.City.Zone, &out.City.Country); err != nil {
		return out, err
	}
	rows, err := q.Query(ctx, `
		select d.outcome, coalesce(d.place, 0), d.reason, d.language, t.name, t.kind, t.country, t.city, e.language,
		       coalesce(s.answers ->> 'project-title', s.answers ->> 'title', ''), coalesce(s.answers ->> 'summary', ''), p.text, a.id
		from decisions d join entries e on e.id = d.entry_id join teams t on t.id = e.team_id
		left join submissions s on s.id = e.last_submission_id
		left join awards a on a.entry_id = e.id left join prizes p on p.id = a.prize_id
		where d.challenge_id = $1 order by d.place nulls last, e.reference`, c.ID)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	awards := []*uuid.UUID{}
	for rows.Next() {
		var o Outcome
		var w WinnerRow
		var award *uuid.UUID
		if err := rows.Scan(&o, &w.Place, &w.Reason.Text, &w.Reason.Language, &w.TeamName, &w.TeamKind, &w.Country, &w.TeamCity,
			&w.Language, &w.Title, &w.Summary, &w.Prize, &award); err != nil {
			return out, err
		}
		out.Entries++
		switch {
		case o == Winner:
			out.Winners = append(out.Winners, w)
			awards = append(awards, award)
		case w.Reason.Text != "":
			out.Others = append(out.Others, w.Reason)
		}
	}
	if err := rows.Err(); err != nil {
		return out, err
	}
	for i, id := range awards {
		if out.Winners[i].Trial, err = trialOf(ctx, q, id); err != nil {
			return out, err
		}
	}
	return out, nil
}

func trialOf(ctx context.Context, q database.Queryer, award *uuid.UUID) (*Trial, error) {
	if award == nil {
		return nil, nil
	}
	var t Trial
	err := q.QueryRow(ctx, `select b.slug, b.name, y.id, y.slug, y.name, y.position, y.time_zone, y.country, a.starts_on, a.ends_on
		from awards a join testbeds b on b.id = a.testbed_id join cities y on y.id = a.city_id where a.id = $1`, *award).
		Scan(&t.TestbedSlug, &t.Testbed, &t.City.ID, &t.City.Slug, &t.City.Name, &t.City.Position, &t.City.Zone, &t.City.Country, &t.StartsOn, &t.EndsOn)
	if database.NotFound(err) {
		return nil, nil
	}
	return &t, err
}

// EntryResult is what a team learns of its own entry.
type EntryResult struct {
	Entry     uuid.UUID
	Reference string
	Challenge contest.Challenge
	Outcome   Outcome
	Place     int
	Reason    string
	Feedback  string // the host's
	Language  lang.Tag
	Jury      jury.Feedback
	Trial     *Trial
	Prize     lang.Text
	Until     time.Time // objections
}

// EntryResult reads the result of an entry for its team, once released.
func (s *Service) EntryResult(ctx context.Context, actor authz.Actor, id uuid.UUID) (EntryResult, error) {
	q := s.db.Pool()
	out := EntryResult{Entry: id}
	var challenge, team uuid.UUID
	err := q.QueryRow(ctx, `select challenge_id, team_id, reference from entries where id = $1`, id).Scan(&challenge, &team, &out.Reference)
	if database.NotFound(err) {
		return out, fault.ErrNotFound
	}
	if err != nil {
		return out, err
	}
	if err := actor.Require(authz.SeeEntry, authz.Scope{Team: team, Entry: id}); err != nil {
		return out, err
	}
	if out.Challenge, err = contest.Load(ctx, q, challenge); err != nil {
		return out, err
	}
	if out.Challenge.ReleasedAt == nil {
		return out, ErrNotReleased
	}
	var award *uuid.UUID
	err = q.QueryRow(ctx, `select d.outcome, coalesce(d.place, 0), d.reason, d.feedback, d.language, p.text, a.id
		from decisions d left join awards a on a.entry_id = d.entry_id left join prizes p on p.id = a.prize_id
		where d.entry_id = $1`, id).Scan(&out.Outcome, &out.Place, &out.Reason, &out.Feedback, &out.Language, &out.Prize, &award)
	if database.NotFound(err) {
		return out, fault.ErrNotFound // never judged
	}
	if err != nil {
		return out, err
	}
	if out.Jury, err = jury.FeedbackOf(ctx, q, out.Challenge, id); err != nil {
		return out, err
	}
	if out.Trial, err = trialOf(ctx, q, award); err != nil {
		return out, err
	}
	out.Until, err = standstill(ctx, q, out.Challenge, *out.Challenge.ReleasedAt)
	return out, err
}
