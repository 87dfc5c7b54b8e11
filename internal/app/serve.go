package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"fieldtrial/internal/httpapi"
)

// serve runs the product until a signal ends it: `serve [--seed msec [--real-dates]]`.
func serve(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	seedName, opts, err := serveArgs(args)
	if err != nil {
		return err
	}
	log := logger(cfg)
	fmt.Fprintf(out, "Fieldtrial %s starts, data in %s\n", Version, cfg.Data)
	p := progress{out}
	a, err := open(ctx, cfg, log, p)
	if err != nil {
		return err
	}
	defer a.parts.close()
	if seedName != "" {
		var accounts strings.Builder // printed last, where it is seen
		if err := p.step("programme "+seedName, func() error { _, err := a.seed(ctx, opts, &accounts); return err }); err != nil {
			return err
		}
		a.greeting = accounts.String()
	}
	if a.parts.postgres != nil { // its folder's lock says that nobody else works on it
		if err := a.jobs.Resume(ctx); err != nil {
			return err
		}
	}
	if err := a.jobs.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	time.AfterFunc(5*time.Second, giveBack)
	stopCounting := a.svc.outreach.Start()
	err = a.listen(ctx, out)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	return errors.Join(err, stopCounting(stopping), a.jobs.Stop(stopping))
}

func serveArgs(args []string) (seed string, opts seedOptions, err error) {
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--seed" && i+1 < len(args):
			seed = args[i+1]
			i++
		case args[i] == "--real-dates":
			opts.realDates = true
		default:
			return "", opts, ErrUsage
		}
	}
	if seed != "" && seed != "msec" {
		return "", opts, ErrUsage
	}
	return seed, opts, nil
}

// logger writes one JSON object a line to standard error.
func logger(cfg Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.LogLevel))
	if level == slog.LevelInfo && os.Getenv("FIELDTRIAL_LOG_LEVEL") == "" && cfg.Loopback() {
		level = slog.LevelWarn // on one's own machine the terminal is for people
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// listen serves until ctx ends or the database is lost for good, then lets running requests finish.
func (a *App) listen(ctx context.Context, out io.Writer) error {
	listeners, err := listenOn(a.cfg.Addr)
	if err != nil {
		return err
	}
	srv := httpapi.Server(a.echo)
	g, running := errgroup.WithContext(ctx)
	for _, l := range listeners {
		g.Go(func() error {
			if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		})
	}
	fmt.Fprintf(out, "\nReady: %s\n", a.cfg.PublicURL)
	fmt.Fprint(out, a.greeting)
	if a.parts.mailbox != nil {
		fmt.Fprintf(out, "Mail that would have been sent: %s/dev/mail\n", a.cfg.PublicURL)
	}
	g.Go(func() error {
		<-running.Done()
		fmt.Fprintln(out, "Stopping…")
		last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		return srv.Shutdown(last)
	})
	if pg := a.parts.postgres; pg != nil {
		g.Go(func() error {
			select {
			case err := <-pg.Done():
				return err
			case <-running.Done():
				return nil
			}
		})
	}
	return g.Wait()
}

// listenOn opens the address; "localhost" means both loopback addresses, where the machine has both.
func listenOn(addr string) ([]net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	hosts := []string{host}
	if host == "localhost" {
		hosts = []string{"127.0.0.1", "::1"}
	}
	var out []net.Listener
	var failed error
	for _, h := range hosts {
		l, err := net.Listen("tcp", net.JoinHostPort(h, port))
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if port == "0" {
			_, port, _ = net.SplitHostPort(l.Addr().String())
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("cannot listen on %s: %w; is another program using the port? choose another with FIELDTRIAL_ADDR", addr, failed)
	}
	return out, nil
}

// migrate brings the schema up to date and says so.
func migrate(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	if len(args) != 0 {
		return ErrUsage
	}
	p, err := openDatabase(ctx, cfg, logger(cfg), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	_, err = fmt.Fprintln(out, "The schema is up to date.")
	return err
}
