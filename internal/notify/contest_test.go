package notify_test

import (
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/lang"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/testkit"
)

func TestAContestsParagraphAndARehearsalsMarkStandInItsMails(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	rows := testkit.OpenChallenge(t, db)
	e := testkit.Entered(t, db, rows, "Kelp")
	testkit.Exec(t, db, `update contests set rehearsal = true where id = $1`, rows.Contest)
	testkit.Exec(t, db, `insert into contest_mails (contest_id, kind, text) values ($1, 'entry-received', $2)`, rows.Contest,
		lang.Text{lang.JA: "説明会は {reference} ではなく <b>金曜日</b> です。\n\nお待ちしています。"})
	w, box := post(t, db)
	at := notify.Moment{At: time.Now(), Zone: "Asia/Tokyo"}
	n := notify.Notice{Kind: "entry-received", Subject: e.Entry, Params: notify.Params{
		"team": "Kelp", "challenge": lang.Text{lang.ES: "Playas"}, "reference": "E-1", "url": notify.Link("/my/entries/1"), "closes": at, "results": at, "checkpoint": "contest.example/log\n7\n",
	}}
	if err := w.Work(t.Context(), job(write(t, db, notify.Send, n), 1)); err != nil {
		t.Fatal(err)
	}
	m := box.Messages()[0]
	if m.Subject != "[Ensayo] Candidatura recibida: E-1" {
		t.Errorf("subject %q", m.Subject)
	}
	// Without a Spanish paragraph the Japanese one stands, as it was written: nothing is filled in.
	if !strings.Contains(m.Text, "説明会は {reference} ではなく <b>金曜日</b> です。") || !strings.Contains(m.HTML, "&lt;b&gt;金曜日") || strings.Contains(m.HTML, "<b>") {
		t.Errorf("text:\n%s\nHTML:\n%s", m.Text, m.HTML)
	}
	testkit.Exec(t, db, `update contest_mails set kind = 'entry-draft-reminder' where contest_id = $1`, rows.Contest)
	several := n
	several.Kind, several.Params = "entries-reminder", notify.Params{"n": 2, "closes": at, "entries": "E-1\n\nE-2", "url": notify.Link("/my/entries")}
	if err := w.Work(t.Context(), job(write(t, db, notify.Send, several), 1)); err != nil {
		t.Fatal(err)
	}
	if m := box.Messages()[0]; !strings.Contains(m.Text, "お待ちしています。") {
		t.Errorf("about several entries:\n%s", m.Text)
	}
	other := n
	other.Kind, other.Params = "", nil
	if err := w.Work(t.Context(), job(write(t, db, notify.Send, other), 1)); err != nil {
		t.Fatal(err)
	}
	if m := box.Messages()[0]; strings.Contains(m.Text, "説明会") {
		t.Errorf("another kind carries the paragraph:\n%s", m.Text)
	}
}
