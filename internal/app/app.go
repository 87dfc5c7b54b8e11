// Package app is the only room that knows everyone: it reads the settings, wires the services, starts
// and stops the parts, and holds the table of jobs.
package app

import (
	"context"
	"log/slog"
	"strings"

	"github.com/labstack/echo/v4"

	"fieldtrial/api"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/feeds"
	"fieldtrial/internal/httpapi/ops"
	"fieldtrial/internal/httpapi/page"
	"fieldtrial/internal/jobs"
	"fieldtrial/web"
)

// App is the wired program before it listens.
type App struct {
	cfg   Config
	log   *slog.Logger
	parts *parts
	svc   *services
	jobs  *jobs.Client
	echo  *echo.Echo

	greeting string // the demo accounts, for the terminal
}

// open starts the parts and wires everything. Close ends it.
func open(ctx context.Context, cfg Config, log *slog.Logger, p progress) (_ *App, err error) {
	a := &App{cfg: cfg, log: log}
	if err := makeData(cfg); err != nil {
		return nil, err
	}
	store := make(chan error, 1)
	early := &parts{}
	go func() { store <- early.startStore(ctx, cfg, log) }()
	a.parts, err = openDatabase(ctx, cfg, log, p, false)
	if serr := p.step("object store and mailbox", func() error { return <-store }); err == nil {
		err = serr
	}
	if a.parts == nil {
		early.close()
		return nil, err
	}
	a.parts.s3, a.parts.mailbox = early.s3, early.mailbox
	if err == nil {
		err = a.parts.tellStore()
	}
	if err == nil {
		a.svc, err = wire(ctx, cfg, a.parts, log)
	}
	if err == nil {
		a.jobs, err = a.svc.jobs(a.parts.db, log)
	}
	if err == nil {
		a.echo, err = a.router()
	}
	if err != nil {
		a.parts.close()
		return nil, err
	}
	return a, nil
}

func (a *App) router() (*echo.Echo, error) {
	board, err := jobs.NewBoard(a.parts.db)
	if err != nil {
		return nil, err
	}
	e, err := httpapi.New(httpapi.Config{
		Log: a.log, PublicURL: a.cfg.PublicURL, TrustedProxies: a.cfg.TrustedProxies,
		Document: api.Document, Authenticate: a.svc.identity.Authenticate,
	}, a.svc.modules(board)...)
	if err != nil {
		return nil, err
	}
	ops.Metrics(e, a.cfg.MetricsToken, a.parts.db.Pool())
	ops.Health(e,
		ops.Check{Name: "database", Ask: a.parts.db.Pool().Ping},
		ops.Check{Name: "store", Ask: a.svc.store.Ping})
	if a.parts.mailbox != nil {
		ops.MailboxStyle(e)
		ops.Mailbox(e, func() []ops.Mail { return mails(a.parts.mailbox.Messages()) })
	}
	if err := ops.Docs(e, httpapi.Base+"/docs", api.Document); err != nil {
		return nil, err
	}
	a.svc.files(e)
	feeds.Register(e, feeds.Config{Pool: a.parts.db.Pool(), PublicURL: a.cfg.PublicURL, Pages: publicPages()})
	return e, page.Register(e, page.Config{
		Files: web.Files(), PublicURL: a.cfg.PublicURL, StoreOrigin: a.svc.store.Origin(),
		Describe: describe(a.parts.db.Pool()),
	})
}

// mails gives the mailbox's messages, newest first, as its page shows them.
func mails(in []embedded.Mail) []ops.Mail {
	out := make([]ops.Mail, 0, len(in))
	for _, m := range in {
		out = append(out, ops.Mail{ID: m.ID, To: m.To, Subject: m.Subject, Text: strings.TrimSpace(m.Text), Received: m.Received})
	}
	return out
}
