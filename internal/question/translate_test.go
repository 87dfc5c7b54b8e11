package question_test

import (
	"fmt"
	"testing"

	"fieldtrial/internal/lang"
	"fieldtrial/internal/question"
)

func TestTranslations(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	q := r.ask("センサーは貸出できますか。")
	_, err := r.Translate(t.Context(), r.translator, q.ID, q.Version, lang.EN, "x", "y")
	want(t, "before there is an answer", err, question.ErrNoAnswer)
	q = r.answer(q, "Sí.", true)
	if got := fmt.Sprint(q.Wanting()); got != "[en es ja]" {
		t.Errorf("wanting %s", got)
	}
	q, err = r.Translate(t.Context(), r.translator, q.ID, q.Version, lang.EN, "Can sensors be borrowed?", "Yes.")
	want(t, "to English", err, nil)
	q, err = r.Translate(t.Context(), r.translator, q.ID, q.Version, lang.JA, "", "はい。")
	want(t, "the answer to Japanese", err, nil)
	if s := r.public("borrowed"); len(s) != 1 || s[0].Body != "Can sensors be borrowed?" || s[0].Answer != "Yes." || s[0].Pending || s[0].Stale {
		t.Errorf("%+v", s)
	}
	if ja := q.In(lang.JA); ja.Body != "センサーは貸出できますか。" || ja.Answer != "はい。" || ja.Pending {
		t.Errorf("%+v", ja)
	}
	q = r.answer(q, "Sí, hasta diez.", true)
	if en := q.In(lang.EN); !en.Stale || q.EditedAt == nil {
		t.Errorf("a changed answer leaves the translation unflagged: %+v", en)
	}
	d, err := r.Desk(t.Context(), r.official, r.c.Challenge, question.DeskFilter{State: question.Pending})
	if err != nil || len(d.Items) != 1 || d.Counts[question.Pending] != 1 {
		t.Errorf("pending: %+v %v", d.Counts, err)
	}
}
