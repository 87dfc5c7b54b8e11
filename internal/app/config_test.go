package app

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asked lists every setting that LoadConfig looks for.
func asked(t *testing.T) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	_, err := LoadConfig(func(name string) string { seen[name] = true; return "" })
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestEverySettingIsInTheExampleAndTheOtherWayRound(t *testing.T) {
	b, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#?(FIELDTRIAL_\w+)=`).FindAllStringSubmatch(string(b), -1) {
		listed[m[1]] = true
	}
	known := asked(t)
	for name := range known {
		if !strings.HasSuffix(name, "_FILE") && !listed[name] {
			t.Errorf("%s is not in .env.example", name)
		}
	}
	for name := range listed {
		if !known[name] {
			t.Errorf("%s is in .env.example and nobody reads it", name)
		}
	}
}

func TestComposeUsesKnownSettings(t *testing.T) {
	b, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	known := asked(t)
	for _, m := range regexp.MustCompile(`(?m)^\s+(FIELDTRIAL_\w+):`).FindAllStringSubmatch(string(b), -1) {
		if name := m[1]; !known[name] && name != "FIELDTRIAL_RUNTIME_PASSWORD_FILE" { // read by the database's own script
			t.Errorf("docker-compose.yml sets %s and nobody reads it", name)
		}
	}
}

func TestSettingsSayWhatIsWrong(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(strings.Repeat("s", 40)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		env  map[string]string
		want string // part of the error; "" means good
	}{
		{"nothing set", nil, ""},
		{"secret from a file", map[string]string{"SECRET_FILE": secret}, ""},
		{"a file that is not there", map[string]string{"SECRET_FILE": "/nowhere"}, "FIELDTRIAL_SECRET_FILE"},
		{"short secret", map[string]string{"SECRET": "short"}, "FIELDTRIAL_SECRET wants at least 32"},
		{"address without a port", map[string]string{"ADDR": "localhost"}, "FIELDTRIAL_ADDR"},
		{"public address without a scheme", map[string]string{"PUBLIC_URL": "contest.example"}, "FIELDTRIAL_PUBLIC_URL"},
		{"store without keys", map[string]string{"S3_ENDPOINT": "store:7070"}, "FIELDTRIAL_S3_ACCESS_KEY"},
		{"proxy that is no address", map[string]string{"TRUSTED_PROXIES": "proxy"}, "FIELDTRIAL_TRUSTED_PROXIES"},
		{"proxies as addresses", map[string]string{"TRUSTED_PROXIES": "10.0.0.1, fd00::/8"}, ""},
		{"port of words", map[string]string{"SMTP_PORT": "smtp"}, "FIELDTRIAL_SMTP_PORT"},
		{"level", map[string]string{"LOG_LEVEL": "loud"}, "FIELDTRIAL_LOG_LEVEL"},
		{"flag", map[string]string{"OPEN_UNSCANNED": "maybe"}, "FIELDTRIAL_OPEN_UNSCANNED"},
	} {
		_, err := LoadConfig(func(n string) string { return c.env[strings.TrimPrefix(n, "FIELDTRIAL_")] })
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestDemoAccountsNeedLoopback(t *testing.T) {
	for _, c := range []struct {
		addr, public string
		want         bool
	}{
		{"localhost:8080", "", true},
		{"127.0.0.1:8080", "", true},
		{"[::1]:8080", "", true},
		{":8080", "", false},
		{"0.0.0.0:8080", "", false},
		{"192.168.1.4:8080", "", false},
		{"localhost:8080", "https://contest.example.city", false}, // behind a proxy that is on the net
		{"localhost:8080", "http://localhost.evil.example", false},
		{":8080", "http://localhost:8080", false},
	} {
		cfg, err := LoadConfig(func(n string) string {
			return map[string]string{"FIELDTRIAL_ADDR": c.addr, "FIELDTRIAL_PUBLIC_URL": c.public}[n]
		})
		if err != nil {
			t.Fatal(err)
		}
		if asks := cfg.SecondFactor != "off"; asks == c.want {
			t.Errorf("%s %s: second factor %s", c.addr, c.public, cfg.SecondFactor)
		}
		if got := cfg.Loopback(); got != c.want {
			t.Errorf("%s %s: loopback %v, want %v", c.addr, c.public, got, c.want)
		}
	}
}
