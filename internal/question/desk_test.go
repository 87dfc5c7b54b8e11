package question_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/question"
	"fieldtrial/internal/testkit"
)

func TestHideAndShow(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	q := r.answer(r.ask("質問"), "Sí.", true)
	_, err := r.Hide(t.Context(), r.official, q.ID, q.Version, " ")
	want(t, "without a reason", err, fault.ErrInvalid)
	q, err = r.Hide(t.Context(), r.official, q.ID, q.Version, "Nombra a una persona.")
	if err != nil || len(r.public("")) != 0 {
		t.Fatalf("hidden: %v", err)
	}
	if mine, err := r.Mine(t.Context(), r.asker, r.c.Slug, lang.EN); err != nil || mine[0].HiddenReason != "Nombra a una persona." {
		t.Errorf("the asker reads no reason: %v", err)
	}
	if n, err := question.TellAnswers(t.Context(), r.db, nil); err != nil || n != 0 {
		t.Errorf("told of a hidden one: %d %v", n, err)
	}
	if q, err = r.Show(t.Context(), r.official, q.ID, q.Version); err != nil || len(r.public("")) != 1 || q.HiddenReason != "" {
		t.Errorf("shown again: %v", err)
	}
}

func TestDeskPagesAndFilters(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	for i := range 25 {
		testkit.Exec(t, r.db, `insert into questions (id, challenge_id, language, body, asked_at) values ($1, $2, 'en', $3, clock_timestamp() - $4::interval)`,
			testkit.NewID(), r.c.Challenge, fmt.Sprintf("Question %02d about the harbour", i), time.Duration(i)*time.Minute)
	}
	seen := map[uuid.UUID]bool{}
	cursor := ""
	var first question.Question
	for page := 0; ; page++ {
		d, err := r.Desk(t.Context(), r.official, r.c.Challenge, question.DeskFilter{State: question.Unanswered, Words: "harbour", Cursor: cursor, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if page == 0 {
			first = d.Items[0]
		}
		for _, q := range d.Items {
			seen[q.ID] = true
		}
		if cursor = d.Next; cursor == "" {
			break
		}
	}
	if len(seen) != 25 || first.Body != "Question 24 about the harbour" {
		t.Errorf("%d questions, first %q: the longest waiting comes first", len(seen), first.Body)
	}
	for sort, want := range map[question.Sort]string{question.Newest: "Question 00", question.Oldest: "Question 24"} {
		d, err := r.Desk(t.Context(), r.official, r.c.Challenge, question.DeskFilter{Sort: sort, Limit: 3})
		if err != nil || !strings.HasPrefix(d.Items[0].Body, want) {
			t.Errorf("%s: %+v %v", sort, d.Items, err)
		}
	}
	r.answer(first, "Sí.", false)
	d, err := r.Desk(t.Context(), r.official, r.c.Challenge, question.DeskFilter{State: question.Answered})
	if err != nil || len(d.Items) != 1 || d.Counts[question.Unanswered] != 24 || d.Counts[question.Answered] != 1 {
		t.Errorf("%+v %v", d.Counts, err)
	}
	if d, err = r.Desk(t.Context(), r.official, r.c.Challenge, question.DeskFilter{Words: "nothing like it"}); err != nil || len(d.Items) != 0 {
		t.Errorf("%v %v", d.Items, err)
	}
}
