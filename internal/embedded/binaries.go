package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// ErrNoBinaries is returned when no usable PostgreSQL is on the machine.
var ErrNoBinaries = errors.New("embedded: no PostgreSQL programs found")

// oldestMajor is the oldest PostgreSQL the program is tested on.
const oldestMajor = 15

// binaries is one installation of PostgreSQL: its folder of programs.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(program string) string { return filepath.Join(b.dir, program) }

func (b binaries) has(program string) bool {
	info, err := os.Stat(b.path(program))
	return err == nil && !info.IsDir() && info.Mode()&0o111 != 0
}

// findBinaries lists the installations in order of preference: the override
// alone when it is set, else PATH, the system's folders (newest first) and the
// npm packages below each of nodeModules.
func findBinaries(override string, nodeModules []string) ([]binaries, error) {
	if override != "" {
		b, err := inspectBinaries(override)
		if err != nil {
			return nil, fmt.Errorf("%w: FIELDTRIAL_POSTGRES_BIN: %w", ErrNoBinaries, err)
		}
		return []binaries{b}, nil
	}
	var found []binaries
	var flaws []error
	for _, dir := range candidateFolders(nodeModules) {
		b, err := inspectBinaries(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			flaws = append(flaws, err)
		case !slices.Contains(found, b):
			found = append(found, b)
		}
	}
	if len(found) == 0 {
		err := fmt.Errorf("%w: install PostgreSQL %d or newer (Debian, Ubuntu: apt-get install postgresql), "+
			"or install the npm package %s, or set FIELDTRIAL_POSTGRES_BIN to the folder that holds initdb and postgres, "+
			"or set FIELDTRIAL_DATABASE_URL to a server of yours", ErrNoBinaries, oldestMajor, npmPackage())
		return nil, errors.Join(append([]error{err}, flaws...)...)
	}
	return found, nil
}

func candidateFolders(nodeModules []string) []string {
	var dirs []string
	if p, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"} {
		m, _ := filepath.Glob(pattern)
		// Newest first; a longer number is a larger one.
		slices.SortFunc(m, func(a, b string) int {
			if len(a) != len(b) {
				return len(b) - len(a)
			}
			return strings.Compare(b, a)
		})
		dirs = append(dirs, m...)
	}
	for _, nm := range nodeModules {
		dirs = append(dirs, filepath.Join(nm, npmPackage(), "native", "bin"))
	}
	return dirs
}

// npmPackage names the npm package that carries PostgreSQL for this machine.
func npmPackage() string {
	arch := runtime.GOARCH
	switch arch {
	case "amd64":
		arch = "x64"
	case "386":
		arch = "ia32"
	}
	return "@embedded-postgres/" + runtime.GOOS + "-" + arch
}

// inspectBinaries checks a folder of programs and asks their version.
// The error is fs.ErrNotExist when the folder holds no PostgreSQL at all.
func inspectBinaries(dir string) (binaries, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return binaries{}, err
	}
	for _, program := range []string{"initdb", "postgres"} {
		if _, err := os.Stat(filepath.Join(dir, program)); err != nil {
			return binaries{}, err
		}
	}
	if err := linkLibraries(filepath.Dir(dir)); err != nil {
		return binaries{}, err
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").CombinedOutput()
	if err != nil {
		return binaries{}, fmt.Errorf("%s/postgres does not run: %w: %s", dir, err, strings.TrimSpace(string(out)))
	}
	major := majorOf(string(out))
	if major < oldestMajor {
		return binaries{}, fmt.Errorf("%s holds PostgreSQL %d, too old: %d or newer is needed", dir, major, oldestMajor)
	}
	return binaries{dir: dir, major: major}, nil
}

// majorOf reads the major version from `postgres (PostgreSQL) 15.14 (Debian …)`,
// also from `18beta1`; 0 when there is none.
func majorOf(version string) int {
	for _, field := range strings.Fields(version) {
		digits := field[:len(field)-len(strings.TrimLeft(field, "0123456789"))]
		if n, err := strconv.Atoi(digits); err == nil {
			return n
		}
	}
	return 0
}

// linkLibraries makes the symbolic links listed in an npm package's
// pg-symlinks.json: npm packs none, and package managers often refuse to run
// the install script that would make them.
func linkLibraries(native string) error {
	b, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if err != nil {
		return nil // not an npm package
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(b, &links); err != nil {
		return fmt.Errorf("%s/pg-symlinks.json: %w", native, err)
	}
	root := filepath.Dir(native)
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("%s/pg-symlinks.json points outside the package", native)
		}
		target := filepath.Join(root, l.Target)
		source, err := filepath.Rel(filepath.Dir(target), filepath.Join(root, l.Source))
		if err != nil {
			return err
		}
		if err := os.Symlink(source, target); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("cannot link PostgreSQL's libraries: %w", err)
		}
	}
	for _, program := range []string{"initdb", "postgres", "pg_ctl"} {
		p := filepath.Join(native, "bin", program)
		if info, err := os.Stat(p); err == nil && info.Mode()&0o111 == 0 {
			if err := os.Chmod(p, 0o755); err != nil { //nolint:gosec // programs that another user runs
				return err
			}
		}
	}
	return nil
}
