package app

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fieldtrial/internal/privacy"
)

// Config is every setting, read from FIELDTRIAL_* once at start. A setting FOO can also be given
// as a file: FOO_FILE names it, and its content without the last newline is the value.
type Config struct {
	Addr      string // FIELDTRIAL_ADDR, host:port
	Data      string // FIELDTRIAL_DATA, a folder
	PublicURL string // FIELDTRIAL_PUBLIC_URL, scheme and host

	DatabaseURL string // FIELDTRIAL_DATABASE_URL; "" starts the embedded Postgres
	OwnerURL    string // FIELDTRIAL_DATABASE_OWNER_URL; "" means DatabaseURL
	PostgresBin string // FIELDTRIAL_POSTGRES_BIN, folder with postgres and initdb

	S3 S3Config

	SMTP SMTPConfig

	SecondFactor string     // FIELDTRIAL_SECOND_FACTOR: off, roles, all
	SessionIdle  int        // FIELDTRIAL_SESSION_IDLE_HOURS
	SessionHours int        // FIELDTRIAL_SESSION_HOURS
	OIDC         OIDCConfig // FIELDTRIAL_OIDC_*; no issuer, no sign-in of a city

	Keep privacy.Periods // FIELDTRIAL_KEEP_*

	Secret         string       // FIELDTRIAL_SECRET; "" keeps a random one in Data
	RecordKey      string       // FIELDTRIAL_RECORD_KEY; "" keeps one in Data
	ClamdAddr      string       // FIELDTRIAL_CLAMD_ADDR, host:port or a socket path; "" scans nothing
	OpenUnscanned  bool         // FIELDTRIAL_OPEN_UNSCANNED: files that no scanner saw may be opened
	TrustedProxies []*net.IPNet // FIELDTRIAL_TRUSTED_PROXIES, CIDRs by comma
	MetricsToken   string       // FIELDTRIAL_METRICS_TOKEN; "" serves no metrics
	DemoPassword   string       // FIELDTRIAL_DEMO_PASSWORD
	LogLevel       string       // FIELDTRIAL_LOG_LEVEL
}

// S3Config says where the object store is; Endpoint "" starts the embedded one.
type S3Config struct {
	Endpoint, Region, Bucket, AccessKey, SecretKey, PublicURL string
	Secure                                                    bool
}

// SMTPConfig says how mail leaves; Host "" keeps it in the embedded mailbox. Retry is the first
// pause in seconds after a failure that may pass; it doubles up to an hour.
type SMTPConfig struct {
	Host, User, Password, TLS, From, ReplyTo string
	Port, Retry                              int
}

// OIDCConfig names the city's own sign-in. Domains are those of the addresses it may vouch for.
type OIDCConfig struct {
	Issuer, ClientID, ClientSecret, Name string
	Domains                              []string
}

// LoadConfig reads the settings. An error names the setting and what it wants.
func LoadConfig(env func(string) string) (Config, error) {
	r := reader{env: env}
	c := Config{
		Addr:        r.text("ADDR", "localhost:8080"),
		Data:        r.text("DATA", "./data"),
		PublicURL:   strings.TrimRight(r.text("PUBLIC_URL", ""), "/"),
		DatabaseURL: r.text("DATABASE_URL", ""),
		OwnerURL:    r.text("DATABASE_OWNER_URL", ""),
		PostgresBin: r.text("POSTGRES_BIN", ""),
		S3: S3Config{
			Endpoint: r.text("S3_ENDPOINT", ""), Region: r.text("S3_REGION", "us-east-1"), Bucket: r.text("S3_BUCKET", "files"),
			AccessKey: r.text("S3_ACCESS_KEY", ""), SecretKey: r.text("S3_SECRET_KEY", ""),
			PublicURL: strings.TrimRight(r.text("S3_PUBLIC_URL", ""), "/"), Secure: r.flag("S3_SECURE", false),
		},
		SMTP: SMTPConfig{
			Host: r.text("SMTP_HOST", ""), Port: r.number("SMTP_PORT", 587), User: r.text("SMTP_USER", ""), Password: r.text("SMTP_PASSWORD", ""),
			TLS: r.oneOf("SMTP_TLS", "starttls", "starttls", "tls", "none"), From: r.text("SMTP_FROM", "Fieldtrial <no-reply@fieldtrial.example>"),
			ReplyTo: r.text("SMTP_REPLY_TO", ""), Retry: r.number("SMTP_RETRY", 5),
		},
		SessionIdle: r.number("SESSION_IDLE_HOURS", 30*24), SessionHours: r.number("SESSION_HOURS", 90*24),
		OIDC: OIDCConfig{
			Issuer: r.text("OIDC_ISSUER", ""), ClientID: r.text("OIDC_CLIENT_ID", ""), ClientSecret: r.text("OIDC_CLIENT_SECRET", ""),
			Name: r.text("OIDC_NAME", "OpenID Connect"), Domains: strings.Fields(strings.ReplaceAll(strings.ToLower(r.text("OIDC_DOMAINS", "")), ",", " ")),
		},
		Keep: privacy.Periods{
			DraftDays: r.number("KEEP_DRAFT_DAYS", privacy.DefaultPeriods.DraftDays), LosingMonths: r.number("KEEP_LOSING_MONTHS", privacy.DefaultPeriods.LosingMonths),
			AwardYears: r.number("KEEP_AWARD_YEARS", privacy.DefaultPeriods.AwardYears), LogMonths: r.number("KEEP_LOG_MONTHS", privacy.DefaultPeriods.LogMonths),
		},
		Secret:        r.text("SECRET", ""),
		RecordKey:     r.text("RECORD_KEY", ""),
		ClamdAddr:     r.text("CLAMD_ADDR", ""),
		OpenUnscanned: r.flag("OPEN_UNSCANNED", true),
		MetricsToken:  r.text("METRICS_TOKEN", ""),
		DemoPassword:  r.text("DEMO_PASSWORD", ""),
		LogLevel:      r.oneOf("LOG_LEVEL", "info", "debug", "info", "warn", "error"),
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		r.wrong("ADDR", "wants host:port, such as localhost:8080 or :8080")
	}
	if c.PublicURL == "" {
		c.PublicURL = defaultPublicURL(c.Addr)
	} else if !strings.HasPrefix(c.PublicURL, "http://") && !strings.HasPrefix(c.PublicURL, "https://") {
		r.wrong("PUBLIC_URL", "wants a full address, such as https://contest.example.city")
	}
	// Nobody else reaches a server on loopback: there a second factor only stands in the way of a trial.
	c.SecondFactor = r.oneOf("SECOND_FACTOR", map[bool]string{true: "off", false: "roles"}[c.Loopback()], "off", "roles", "all")
	if c.Secret != "" && len(c.Secret) < 32 {
		r.wrong("SECRET", "wants at least 32 characters")
	}
	if c.OIDC.Issuer != "" && c.OIDC.ClientID == "" {
		r.wrong("OIDC_CLIENT_ID", "is needed when FIELDTRIAL_OIDC_ISSUER is set")
	}
	if c.SessionIdle < 1 || c.SessionHours < c.SessionIdle {
		r.wrong("SESSION_HOURS", "wants at least FIELDTRIAL_SESSION_IDLE_HOURS, and that at least 1")
	}
	if k := c.Keep; min(k.DraftDays, k.LosingMonths, k.AwardYears, k.LogMonths) < 1 {
		r.wrong("KEEP_*", "wants whole numbers from 1")
	}
	if c.S3.Endpoint != "" && (c.S3.AccessKey == "" || c.S3.SecretKey == "") {
		r.wrong("S3_ACCESS_KEY and FIELDTRIAL_S3_SECRET_KEY", "are needed when FIELDTRIAL_S3_ENDPOINT is set")
	}
	for _, s := range strings.FieldsFunc(r.text("TRUSTED_PROXIES", ""), func(c rune) bool { return c == ',' || c == ' ' }) {
		if !strings.Contains(s, "/") {
			s += map[bool]string{true: "/128", false: "/32"}[strings.Contains(s, ":")]
		}
		if _, n, err := net.ParseCIDR(s); err == nil {
			c.TrustedProxies = append(c.TrustedProxies, n)
		} else {
			r.wrong("TRUSTED_PROXIES", "wants addresses or CIDRs by comma, such as 10.0.0.0/8")
		}
	}
	if len(r.errs) > 0 {
		return c, fmt.Errorf("settings: %s", strings.Join(r.errs, "; "))
	}
	abs, err := filepath.Abs(c.Data)
	c.Data = abs
	return c, err
}

func defaultPublicURL(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && (ip.IsUnspecified() || ip.IsLoopback())) {
		host = "localhost" // passkeys and the printed address want the name
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Loopback reports whether the server is reachable from this machine only: it listens on loopback
// and says of itself that it lives there. Demo accounts work nowhere else.
func (c Config) Loopback() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return false
	}
	local := func(h string) bool {
		ip := net.ParseIP(h)
		return h == "localhost" || (ip != nil && ip.IsLoopback())
	}
	u := strings.TrimPrefix(strings.TrimPrefix(c.PublicURL, "https://"), "http://")
	h, _, err := net.SplitHostPort(u)
	if err != nil {
		h = u
	}
	return local(host) && local(strings.Trim(h, "[]"))
}

// EmbeddedDatabase reports whether serve starts its own Postgres.
func (c Config) EmbeddedDatabase() bool { return c.DatabaseURL == "" }

// EmbeddedStore reports whether serve starts its own S3.
func (c Config) EmbeddedStore() bool { return c.S3.Endpoint == "" }

// EmbeddedMail reports whether mail stays in the mailbox page.
func (c Config) EmbeddedMail() bool { return c.SMTP.Host == "" }

type reader struct {
	env  func(string) string
	errs []string
}

func (r *reader) wrong(name, want string) {
	r.errs = append(r.errs, "FIELDTRIAL_"+name+" "+want)
}

func (r *reader) text(name, otherwise string) string {
	if v := r.env("FIELDTRIAL_" + name); v != "" {
		return v
	}
	if f := r.env("FIELDTRIAL_" + name + "_FILE"); f != "" {
		b, err := os.ReadFile(f) //nolint:gosec // the operator names the file
		if err != nil {
			r.wrong(name+"_FILE", "names a file that cannot be read: "+err.Error())
			return otherwise
		}
		return strings.TrimRight(string(b), "\r\n")
	}
	return otherwise
}

func (r *reader) number(name string, otherwise int) int {
	v := r.text(name, "")
	if v == "" {
		return otherwise
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 65535 {
		r.wrong(name, "wants a number from 1 to 65535")
	}
	return n
}

func (r *reader) flag(name string, otherwise bool) bool {
	v := r.text(name, "")
	if v == "" {
		return otherwise
	}
	b, err := strconv.ParseBool(v)
	if err != nil {
		r.wrong(name, "wants true or false")
	}
	return b
}

func (r *reader) oneOf(name, otherwise string, choices ...string) string {
	v := r.text(name, otherwise)
	for _, c := range choices {
		if v == c {
			return v
		}
	}
	r.wrong(name, "wants one of "+strings.Join(choices, ", "))
	return otherwise
}
