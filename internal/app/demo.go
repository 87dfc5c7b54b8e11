package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"time"

	"fieldtrial/internal/demo"
	"fieldtrial/internal/embedded"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/record"
)

// demoOptions are those of `seed demo --entries N [--seed S] [--again]`.
func demoOptions(args []string) (o demo.Options, err error) {
	o.Seed = 1
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--again":
			o.Again = true
		case i+1 < len(args) && args[i] == "--entries":
			i++
			if o.Entries, err = strconv.Atoi(args[i]); err != nil {
				return o, ErrUsage
			}
		case i+1 < len(args) && args[i] == "--seed":
			i++
			if o.Seed, err = strconv.ParseUint(args[i], 10, 64); err != nil {
				return o, ErrUsage
			}
		default:
			return o, ErrUsage
		}
	}
	if o.Entries < 1 || o.Entries > demo.MaxEntries {
		return o, ErrUsage
	}
	return o, nil
}

// seedDemo makes a contest in every phase, beside the M-Sec programme, which it loads where it is
// missing. What is made is placed on record and signed at once, so that receipts are to be had
// without a running server.
func seedDemo(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	o, err := demoOptions(args)
	if err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	p, err := openDatabase(ctx, cfg, log, progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	store, err := sharedStore(ctx, cfg, p, log)
	if err != nil {
		return err
	}
	a := &App{cfg: cfg, parts: p}
	if _, err := a.seed(ctx, seedOptions{}, io.Discard); err != nil {
		return err
	}
	o.Password = passphrase() // nobody's, where demo accounts do not work
	if cfg.Loopback() {
		if o.Password, _, err = demoPassword(cfg); err != nil {
			return err
		}
	}
	start := time.Now()
	r, err := demo.Seed(ctx, demo.Deps{DB: p.db, Store: store, Told: func(s string) { fmt.Fprintln(os.Stderr, " ", s) }}, o)
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped half-way; the next run wipes what is there and begins anew")
	}
	if err != nil {
		return err
	}
	signer, err := signerOf(cfg)
	if err != nil {
		return err
	}
	placed, err := record.Sequence(ctx, p.db, signer)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d contests, %d challenges, %d teams, %d entries (%d submitted), %d documents, %d jurors, %d reviews, %d leaves on record, in %.1f s\nAll of it is a rehearsal by test teams and counts nowhere.\n",
		r.Contests, r.Challenges, r.Teams, r.Entries, r.Submitted, r.Files, r.Jurors, r.Reviews, placed, time.Since(start).Seconds())
	return err
}

// sharedStore opens the configured store, or starts the embedded one, or goes to that of a running
// `serve` of the same folder.
func sharedStore(ctx context.Context, cfg Config, p *parts, log *slog.Logger) (*objstore.Store, error) {
	if cfg.EmbeddedStore() && p.postgres == nil && cfg.EmbeddedDatabase() {
		r, err := readRunning(runningFile(cfg))
		if err != nil || r.Store.Socket == "" {
			return nil, errors.New("the running server does not say where its object store is: stop it and run this again")
		}
		return objstore.Open(objstore.Config{Socket: r.Store.Socket, AccessKey: r.Store.AccessKey, SecretKey: r.Store.SecretKey, Region: embedded.Region, Bucket: cfg.S3.Bucket})
	}
	mailbox := cfg
	mailbox.SMTP.Host = "none" // no mailbox is needed
	if err := p.startStore(ctx, mailbox, log); err != nil {
		return nil, err
	}
	store, err := openStore(cfg, p)
	if err != nil {
		return nil, err
	}
	return store, store.EnsureBucket(ctx)
}
