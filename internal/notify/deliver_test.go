package notify_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/mail"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/testkit"
)

const publicURL = "https://x.example"

// post is a worker with a real mail server behind it.
func post(t *testing.T, db *database.DB) (*notify.DeliverWorker, *embedded.Mailbox) {
	t.Helper()
	box, err := embedded.StartMailbox(t.Context(), embedded.MailboxConfig{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Stop)
	host, port, _ := net.SplitHostPort(box.Addr())
	n, _ := strconv.Atoi(port)
	sender, err := mail.Open(mail.Config{Host: host, Port: n, Security: mail.Plain, From: "Fieldtrial <no-reply@x.example>"})
	if err != nil {
		t.Fatal(err)
	}
	return &notify.DeliverWorker{DB: db, Mailer: sender, PublicURL: publicURL}, box
}

func write(t *testing.T, db *database.DB, how func(database.Tx, ...notify.Notice) error, n notify.Notice) uuid.UUID {
	t.Helper()
	if n.Kind == "" {
		n.Kind = "password-reset"
		n.Params = notify.Params{"url": notify.SecretLink("/reset#the-token"), "expires": notify.Moment{At: time.Now(), Zone: "Asia/Tokyo"}}
	}
	if n.To.Email == "" {
		n.To = notify.Address{Email: "reader@example.org", Language: lang.ES}
	}
	if err := db.InTx(t.Context(), func(tx database.Tx) error { return how(tx, n) }); err != nil {
		t.Fatal(err)
	}
	var id uuid.UUID
	if err := db.Pool().QueryRow(t.Context(), `select id from notices order by created_at desc limit 1`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

func job(id uuid.UUID, attempt int) *river.Job[notify.DeliverArgs] {
	return &river.Job[notify.DeliverArgs]{JobRow: &rivertype.JobRow{Attempt: attempt, MaxAttempts: 20}, Args: notify.DeliverArgs{Notice: id}}
}

func stateOf(t *testing.T, db *database.DB, id uuid.UUID) (state, lastError, params string) {
	t.Helper()
	if err := db.Pool().QueryRow(t.Context(), `select state, last_error, params::text from notices where id = $1`, id).Scan(&state, &lastError, &params); err != nil {
		t.Fatal(err)
	}
	return
}

func TestDeliver(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	w, box := post(t, db)
	id := write(t, db, notify.Send, notify.Notice{})
	var queued int
	if err := db.Pool().QueryRow(t.Context(), `select count(*) from river_job where kind = 'notify.deliver' and args->>'notice' = $1`, id.String()).Scan(&queued); err != nil || queued != 1 {
		t.Fatalf("%d jobs, %v", queued, err)
	}
	for range 3 { // River may run a job twice
		if err := w.Work(t.Context(), job(id, 1)); err != nil {
			t.Fatal(err)
		}
	}
	got := box.Messages()
	if len(got) != 1 {
		t.Fatalf("%d mails for one notice", len(got))
	}
	m := got[0]
	if m.Subject != "Establezca una nueva contraseña" || !strings.Contains(m.Text, publicURL+"/es/reset#the-token") {
		t.Errorf("mail %q:\n%s", m.Subject, m.Text)
	}
	if m.MessageID != "<"+id.String()+"@x.example>" {
		t.Errorf("Message-ID %s", m.MessageID)
	}
	state, _, params := stateOf(t, db, id)
	if state != "sent" || strings.Contains(params, "the-token") {
		t.Errorf("after sending: %s %s", state, params)
	}
}

func TestDeliverTwiceAtOnceSendsOne(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	w, box := post(t, db)
	id := write(t, db, notify.Send, notify.Notice{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { _ = w.Work(context.Background(), job(id, 1)) })
	}
	wg.Wait()
	if n := len(box.Messages()); n != 1 {
		t.Errorf("%d mails for one notice", n)
	}
}

// sulky refuses as told.
type sulky struct{ err error }

func (s *sulky) Send(context.Context, mail.Message) error { return s.err }

func TestDeliverAfterTrouble(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	real, box := post(t, db)
	trouble := &sulky{&mail.Error{Temporary: true, Err: errors.New("busy")}}
	w := &notify.DeliverWorker{DB: db, Mailer: trouble, PublicURL: publicURL, Wait: time.Second}

	id := write(t, db, notify.Send, notify.Notice{})
	if err := w.Work(t.Context(), job(id, 1)); err == nil {
		t.Fatal("trouble that passes must be tried again")
	}
	if state, last, _ := stateOf(t, db, id); state != "queued" || !strings.Contains(last, "busy") {
		t.Errorf("after trouble: %s %s", state, last)
	}
	if err := real.Work(t.Context(), job(id, 2)); err != nil || len(box.Messages()) != 1 {
		t.Errorf("second try: %v, %d mails", err, len(box.Messages()))
	}

	last := write(t, db, notify.Send, notify.Notice{})
	if err := w.Work(t.Context(), job(last, 20)); err != nil {
		t.Fatal(err)
	}
	if state, _, _ := stateOf(t, db, last); state != "failed" {
		t.Errorf("after the last try: %s", state)
	}

	trouble.err = &mail.Error{Code: 550, Err: errors.New("no such mailbox")}
	refused := write(t, db, notify.Send, notify.Notice{})
	if err := w.Work(t.Context(), job(refused, 1)); err != nil {
		t.Errorf("a refusal is not tried again: %v", err)
	}
	if state, why, _ := stateOf(t, db, refused); state != "failed" || !strings.Contains(why, "no such mailbox") {
		t.Errorf("refused: %s %s", state, why)
	}
	first, fifth := w.NextRetry(job(id, 1)), w.NextRetry(job(id, 5))
	if d := fifth.Sub(first); d < 14*time.Second || d > 16*time.Second {
		t.Errorf("waits do not double from the setting: %s", d)
	}
}

func TestSweepQueuesWhatAKilledWorkerLeft(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	id := write(t, db, notify.Send, notify.Notice{})
	testkit.Exec(t, db, `delete from river_job`)
	testkit.Exec(t, db, `update notices set claimed_until = clock_timestamp() - interval '1 second' where id = $1`, id)
	s := &notify.SweepWorker{DB: db}
	for range 2 {
		if err := s.Work(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	if err := db.Pool().QueryRow(t.Context(), `select count(*) from river_job where kind = 'notify.deliver'`).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d jobs after two sweeps, %v", n, err)
	}
}

func TestHeldWaitsForRelease(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	w, box := post(t, db)
	id := write(t, db, notify.Hold, notify.Notice{
		Kind: "account-exists", Params: notify.Params{"url": notify.Link("/sign-in")}, Batch: "b",
	})
	if err := w.Work(t.Context(), job(id, 1)); err != nil || len(box.Messages()) != 0 {
		t.Fatalf("a held notice was sent: %v", err)
	}
	release := func() (n int) {
		if err := db.InTx(t.Context(), func(tx database.Tx) (err error) { n, err = notify.Release(tx, "b"); return err }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if a, b := release(), release(); a != 1 || b != 0 {
		t.Errorf("released %d, then %d", a, b)
	}
	if err := w.Work(t.Context(), job(id, 1)); err != nil || len(box.Messages()) != 1 {
		t.Errorf("after the release: %v, %d mails", err, len(box.Messages()))
	}
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	db, owner := testkit.DBWithOwner(t)
	admin := testkit.Person(t, db, "Admin", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	member := testkit.Person(t, db, "Member")
	o := &notify.Outbox{DB: db, PublicURL: publicURL}
	ctx := t.Context()

	entry := uuid.New()
	id := write(t, db, notify.Send, notify.Notice{})
	about := write(t, db, notify.Send, notify.Notice{
		Kind: "account-exists", To: notify.Address{Email: "50%_off@example.org", Language: lang.EN}, Subject: entry,
		Params: notify.Params{"url": notify.Link("/sign-in")},
	})
	list, next, counts, err := o.List(ctx, admin, notify.OutboxFilter{Limit: 1})
	if err != nil || len(list) != 1 || list[0].ID != about || next == "" || counts["queued"] != 2 {
		t.Fatalf("first page: %+v %q %v %v", list, next, counts, err)
	}
	list, next, _, err = o.List(ctx, admin, notify.OutboxFilter{Limit: 1, Cursor: next})
	if err != nil || len(list) != 1 || list[0].ID != id || next != "" {
		t.Errorf("second page: %+v %q %v", list, next, err)
	}
	if list, _, _, _ := o.List(ctx, admin, notify.OutboxFilter{Limit: 9, Query: "50%_"}); len(list) != 1 {
		t.Errorf("search takes its words as a pattern: %d", len(list))
	}
	if _, _, _, err := o.List(ctx, member, notify.OutboxFilter{Limit: 9}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a member sees the outbox: %v", err)
	}
	if _, c, err := o.Preview(ctx, admin, id); err != nil || strings.Contains(c.Text, "the-token") {
		t.Errorf("preview: %v\n%s", err, c.Text)
	}

	if err := o.Retry(ctx, admin, id); !errors.Is(err, notify.ErrNotRetryable) {
		t.Errorf("retry of a queued notice: %v", err)
	}
	if err := o.Cancel(ctx, admin, id); err != nil {
		t.Fatal(err)
	}
	w, box := post(t, db)
	if err := w.Work(ctx, job(id, 1)); err != nil || len(box.Messages()) != 0 {
		t.Errorf("a cancelled notice was sent: %v", err)
	}
	if err := o.Retry(ctx, admin, id); err != nil {
		t.Fatal(err)
	}
	if err := w.Work(ctx, job(id, 1)); err != nil || len(box.Messages()) != 1 {
		t.Errorf("after the retry: %v", err)
	}
	if err := o.Cancel(ctx, admin, id); !errors.Is(err, notify.ErrNotCancelable) {
		t.Errorf("cancel after sending: %v", err)
	}

	// Who must not see an entry does not see that it was written about.
	blind := notify.OutboxFilter{Limit: 9, Query: "50%_off"}
	exclude(t, owner, admin.PersonID, entry)
	list, _, counts, err = o.List(ctx, admin, blind)
	if err != nil || len(list) != 0 || counts["queued"] != 0 {
		t.Errorf("the outbox tells of an excluded entry: %+v %v %v", list, counts, err)
	}
	if _, _, err := o.Preview(ctx, admin, about); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("preview of a notice about an excluded entry: %v", err)
	}
}

// exclude is done by the owner, who may leave out the entry itself: the outbox never looks at it.
func exclude(t *testing.T, owner string, person, entry uuid.UUID) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.Background()) }()
	for _, sql := range []string{
		`set session_replication_role = replica`,
		fmt.Sprintf(`insert into exclusions (person_id, entry_id, kind) values ('%s', '%s', 'conflict')`, person, entry),
	} {
		if _, err := c.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}
