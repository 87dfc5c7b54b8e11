package question_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/database"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/question"
	"fieldtrial/internal/testkit"
)

func TestTeamsAreToldOfPublicAnswersInOneMail(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	team := testkit.Entered(t, r.db, r.c, "Team")
	testkit.Exec(t, r.db, `insert into grants (id, person_id, role, scope_kind, scope_id) values ($1, $2, 'team_viewer', 'team', $3)`, testkit.NewID(), r.asker.PersonID, team.Team)
	for i := range 3 {
		r.answer(r.ask(fmt.Sprint("質問", i)), "Sí.", i < 2)
	}
	followers := func(context.Context, database.Queryer, uuid.UUID) ([]notify.Address, error) {
		return []notify.Address{{Email: "follower@example.org", Language: lang.JA}, {Email: team.Owner.Email, Language: lang.EN}}, nil
	}
	if n, err := question.TellAnswers(t.Context(), r.db, followers); err != nil || n != 0 {
		t.Fatalf("at once: %d %v", n, err)
	}
	testkit.Exec(t, r.db, `update questions set published_at = published_at - interval '11 minutes' where public`)
	var wg sync.WaitGroup
	var sent atomic.Int32
	for range 4 {
		wg.Go(func() {
			n, err := question.TellAnswers(context.Background(), r.db, followers)
			if err != nil {
				t.Error(err)
			}
			sent.Add(int32(n))
		})
	}
	wg.Wait()
	var to string
	if err := r.db.Pool().QueryRow(t.Context(), `select string_agg(email || ' ' || (params -> 'n' ->> 's'), ', ' order by email) from notices where kind = 'answers-published'`).Scan(&to); err != nil ||
		to != "follower@example.org 2, team.owner@example.org 2" || sent.Load() != 2 {
		t.Errorf("%d told: %s %v", sent.Load(), to, err)
	}
}
