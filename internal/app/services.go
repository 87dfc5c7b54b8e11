package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/award"
	"fieldtrial/internal/calround"
	"fieldtrial/internal/city"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/edition"
	"fieldtrial/internal/entry"
	"fieldtrial/internal/httpapi"
	"fieldtrial/internal/httpapi/accountapi"
	"fieldtrial/internal/httpapi/adminapi"
	"fieldtrial/internal/httpapi/authoringapi"
	"fieldtrial/internal/httpapi/awardapi"
	"fieldtrial/internal/httpapi/calroundapi"
	"fieldtrial/internal/httpapi/cityapi"
	"fieldtrial/internal/httpapi/contestapi"
	"fieldtrial/internal/httpapi/contestsapi"
	"fieldtrial/internal/httpapi/entrantapi"
	"fieldtrial/internal/httpapi/entryapi"
	"fieldtrial/internal/httpapi/feedapi"
	"fieldtrial/internal/httpapi/formapi"
	"fieldtrial/internal/httpapi/identityapi"
	"fieldtrial/internal/httpapi/juryapi"
	"fieldtrial/internal/httpapi/kpiapi"
	"fieldtrial/internal/httpapi/lateapi"
	"fieldtrial/internal/httpapi/meetingapi"
	"fieldtrial/internal/httpapi/outreachapi"
	"fieldtrial/internal/httpapi/pitchapi"
	"fieldtrial/internal/httpapi/privacyapi"
	"fieldtrial/internal/httpapi/questionsapi"
	"fieldtrial/internal/httpapi/recordapi"
	"fieldtrial/internal/httpapi/rulesapi"
	"fieldtrial/internal/httpapi/screeningapi"
	"fieldtrial/internal/httpapi/seenapi"
	"fieldtrial/internal/httpapi/teamapi"
	"fieldtrial/internal/httpapi/translationsapi"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/jobs"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/mail"
	"fieldtrial/internal/meeting"
	"fieldtrial/internal/notify"
	"fieldtrial/internal/objstore"
	"fieldtrial/internal/outreach"
	"fieldtrial/internal/pitch"
	"fieldtrial/internal/privacy"
	"fieldtrial/internal/question"
	"fieldtrial/internal/record"
	"fieldtrial/internal/resource"
	"fieldtrial/internal/scan"
	"fieldtrial/internal/screening"
	"fieldtrial/internal/seen"
	"fieldtrial/internal/team"
	"fieldtrial/internal/translate"
)

// services are the rooms, opened on the parts.
type services struct {
	cfg       Config
	log       *slog.Logger
	db        *database.DB
	store     *objstore.Store
	mailer    notify.Mailer
	signer    *record.Signer
	identity  *identity.Service
	cities    *city.Service
	contests  *contest.Service
	resources *resource.Service
	editions  *edition.Service
	teams     *team.Service
	entries   *entry.Service
	jury      *jury.Service
	calround  *calround.Service
	awards    *award.Service
	kpi       *kpi.Service
	outbox    *notify.Outbox
	screening *screening.Service
	outreach  *outreach.Service
	privacy   *privacy.Service
}

// wire opens the rooms. What crosses from a later room to an earlier one is a hook given here.
func wire(ctx context.Context, cfg Config, p *parts, log *slog.Logger) (*services, error) {
	s := &services{cfg: cfg, db: p.db, log: log}
	secret, err := secretOf(cfg)
	if err != nil {
		return nil, err
	}
	if s.signer, err = signerOf(cfg); err != nil {
		return nil, fmt.Errorf("the record's signing key cannot be used: %w", err)
	}
	if s.store, err = openStore(cfg, p); err != nil {
		return nil, err
	}
	if err := s.store.EnsureBucket(ctx); err != nil {
		return nil, err
	}
	mailbox := ""
	if p.mailbox != nil {
		mailbox = p.mailbox.Addr()
	}
	if s.mailer, err = openMail(cfg, mailbox); err != nil {
		return nil, err
	}
	s.identity, err = identity.New(p.db, identity.Config{
		Secret: secret, DemoAllowed: cfg.Loopback(), PublicURL: cfg.PublicURL,
		SecondFactor: identity.FactorRule(cfg.SecondFactor),
		Idle:         time.Duration(cfg.SessionIdle) * time.Hour, Absolute: time.Duration(cfg.SessionHours) * time.Hour,
		OIDC: identity.OIDCConfig(cfg.OIDC),
		OnAccept: map[authz.Role]identity.Reaction{
			authz.Juror: takeSeat, authz.Chair: takeSeat,
			authz.TeamOwner: team.Joined, authz.TeamSubmitter: team.Joined, authz.TeamEditor: team.Joined, authz.TeamViewer: team.Joined,
		},
	})
	if err != nil {
		return nil, err
	}
	var scanner entry.Scanner
	if c := openScanner(cfg); c != nil {
		scanner = malware{*c}
	}
	s.privacy = privacy.New(p.db, cfg.Keep)
	s.cities = city.NewService(p.db)
	s.contests = contest.NewService(p.db, pitch.Copy)
	s.editions = edition.NewService(p.db, pitch.Copy)
	s.teams = team.New(p.db)
	s.resources = resource.New(p.db, s.store, scanner, cfg.OpenUnscanned)
	s.entries = entry.New(p.db, s.store, scanner, entry.Config{LinkKey: secret, OpenUnscanned: cfg.OpenUnscanned})
	s.jury = jury.New(p.db, s.entries)
	s.calround = calround.New(p.db, s.entries)
	s.awards = award.New(p.db)
	s.kpi = kpi.New(p.db)
	s.screening = screening.New(p.db)
	s.outreach = outreach.New(p.db)
	s.outbox = &notify.Outbox{DB: p.db, PublicURL: cfg.PublicURL}
	return s, nil
}

// takeSeat gives whoever becomes a juror or chair of a contest a seat in its jury.
func takeSeat(tx database.Tx, person uuid.UUID, g authz.Grant) error {
	if g.Kind != authz.Contest {
		return nil
	}
	return jury.Seat(tx, person, g.ID, nil)
}

// modules are the handlers of the API.
func (s *services) modules(board *jobs.Board) []httpapi.Module {
	return []httpapi.Module{
		identityapi.Module(s.identity, s.cfg.PublicURL),
		accountapi.Module(s.identity),
		privacyapi.Module(s.privacy),
		cityapi.Module(s.db, s.cities),
		contestapi.Module(s.contests, s.cfg.PublicURL),
		authoringapi.Module(s.contests, s.entries, s.resources, contestapi.Managed),
		contestsapi.Module(s.editions),
		translationsapi.Module(translate.New(s.db)),
		teamapi.Module(s.teams),
		formapi.Module(s.contests, s.entries),
		entryapi.Module(s.entries),
		entrantapi.Module(s.entries),
		lateapi.Module(s.entries),
		juryapi.Module(s.jury),
		calroundapi.Module(s.calround),
		pitchapi.Module(pitch.New(s.db)),
		awardapi.Module(s.awards),
		meetingapi.Module(meeting.New(s.db)),
		kpiapi.Module(s.db, s.kpi, s.log),
		recordapi.Module(s.db),
		feedapi.Module(s.db, s.cfg.PublicURL),
		screeningapi.Module(s.screening),
		outreachapi.Module(s.outreach, s.cfg.PublicURL),
		rulesapi.Module(s.contests),
		questionsapi.Module(question.New(s.db)),
		adminapi.Module(s.outbox, board),
		seenapi.Module(seen.New(s.db)),
	}
}

// files registers what is served beside the API: signed links to single files, and the embedded
// store's parts.
func (s *services) files(e *echo.Echo) {
	entryapi.Files(s.entries)(e)
	authoringapi.Resources(s.resources)(e)
	outreachapi.Links(s.outreach)(e)
	if s.cfg.S3.PublicURL == "" {
		h := echo.WrapHandler(s.store.Proxy())
		e.Any(s.store.Path()+"*", h)
	}
}

func openStore(cfg Config, p *parts) (*objstore.Store, error) {
	c := objstore.Config{
		Endpoint: cfg.S3.Endpoint, Secure: cfg.S3.Secure, Region: cfg.S3.Region, Bucket: cfg.S3.Bucket,
		AccessKey: cfg.S3.AccessKey, SecretKey: cfg.S3.SecretKey, PublicURL: cfg.S3.PublicURL, AllowOrigin: cfg.PublicURL,
		Spool: cfg.Data,
	}
	if cfg.EmbeddedStore() {
		if p == nil || p.s3 == nil {
			return nil, errors.New("the embedded object store is not running")
		}
		c.Socket, c.AccessKey, c.SecretKey, c.Syncer = p.s3.Socket(), p.s3.AccessKey(), p.s3.SecretKey(), p.s3
	}
	return objstore.Open(c)
}

// openMail opens the configured mail server, else the mailbox at the given address.
func openMail(cfg Config, mailbox string) (*mail.Sender, error) {
	c := mail.Config{
		Host: cfg.SMTP.Host, Port: cfg.SMTP.Port, User: cfg.SMTP.User, Password: cfg.SMTP.Password,
		Security: mail.Security(cfg.SMTP.TLS), From: cfg.SMTP.From, ReplyTo: cfg.SMTP.ReplyTo,
	}
	if cfg.EmbeddedMail() {
		host, port, err := net.SplitHostPort(mailbox)
		if err != nil {
			return nil, errors.New("the embedded mailbox is not running")
		}
		c.Host, c.User, c.Password, c.Security = host, "", "", mail.Plain
		if c.Port, err = strconv.Atoi(port); err != nil {
			return nil, err
		}
	}
	return mail.Open(c)
}

// openScanner gives clamd, or nil where none is configured.
func openScanner(cfg Config) *scan.Clamd {
	if cfg.ClamdAddr == "" {
		return nil
	}
	network := "tcp"
	if strings.HasPrefix(cfg.ClamdAddr, "/") {
		network = "unix"
	}
	return &scan.Clamd{Network: network, Addr: cfg.ClamdAddr}
}

// malware is clamd as the entry room asks for it.
type malware struct{ clamd scan.Clamd }

func (m malware) Limit() int64 {
	if m.clamd.MaxSize == 0 {
		return scan.DefaultMaxSize
	}
	return m.clamd.MaxSize
}

// Scan streams a file to the daemon.
func (m malware) Scan(ctx context.Context, r io.Reader) (scan.Verdict, error) {
	return m.clamd.Scan(ctx, r)
}
