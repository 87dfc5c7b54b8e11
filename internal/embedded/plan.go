package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

var (
	// ErrOldBinaries means that the data was made by an older PostgreSQL whose programs,
	// needed once more for the upgrade, are missing. The text names what to install.
	ErrOldBinaries = errors.New("embedded: the database needs an upgrade and the older PostgreSQL is missing")
	// ErrNewerData means that the data was made by a newer PostgreSQL than any installed.
	ErrNewerData = errors.New("embedded: the database was made by a newer PostgreSQL")
)

// plan says which programs run which data.
type plan struct {
	use  binaries // run with these
	have int      // major version of the data in place, 0 for none
	old  binaries // for an upgrade: those that made the data
	dump binaries // for an upgrade: those whose pg_dump and pg_restore to use
}

func (p plan) programs() []binaries {
	if p.old.dir != "" {
		return []binaries{p.use, p.old}
	}
	return []binaries{p.use}
}

func dataFolder(dir string, major int) string {
	return filepath.Join(dir, "pg"+strconv.Itoa(major))
}

var dataName = regexp.MustCompile(`^pg(\d+)$`)

// dataMajors lists the versions of the whole clusters in dir, newest first.
func dataMajors(dir string) ([]int, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("embedded: cannot read the data folder: %w", err)
	}
	var majors []int
	for _, e := range entries {
		m := dataName.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err == nil {
			majors = append(majors, n)
		}
	}
	slices.SortFunc(majors, func(a, b int) int { return b - a })
	return majors, nil
}

// makePlan matches the data in dir with the programs on the machine.
func makePlan(dir string, cfg PostgresConfig) (plan, error) {
	majors, err := dataMajors(dir)
	if err != nil {
		return plan{}, err
	}
	found, err := findBinaries(cfg.BinDir, cfg.NodeModules)
	if err != nil {
		return plan{}, err
	}
	p := plan{use: found[0]}
	if len(majors) == 0 {
		return p, nil
	}
	p.have = majors[0]
	if p.use.major == p.have {
		return p, nil
	}
	if cfg.BinDir != "" { // the override says what to run, not all there is
		if others, err := findBinaries("", cfg.NodeModules); err == nil {
			found = append(found, others...)
		}
	}
	return p.acrossVersions(found)
}

func (p plan) acrossVersions(found []binaries) (plan, error) {
	same := slices.IndexFunc(found, func(b binaries) bool { return b.major == p.have })
	if p.use.major < p.have {
		if same < 0 {
			return p, fmt.Errorf("%w: the data needs version %d, %s holds %d: install postgresql-%d "+
				"or set FIELDTRIAL_POSTGRES_BIN to its programs", ErrNewerData, p.have, p.use.dir, p.use.major, p.have)
		}
		p.use = found[same]
		return p, nil
	}
	if same < 0 {
		return p, fmt.Errorf("%w: the data was made by version %d, the machine has %d: install postgresql-%d "+
			"(Debian, Ubuntu: apt-get install postgresql-%d) beside it and start again; "+
			"it can be removed once the upgrade is done", ErrOldBinaries, p.have, p.use.major, p.have, p.have)
	}
	p.old = found[same]
	// pg_dump reads servers of its own version and older ones, and the nearest is
	// surest. Packages of the server alone, like npm's, have none.
	dump := slices.DeleteFunc(slices.Clone(found), func(b binaries) bool {
		return b.major < p.have || !b.has("pg_dump") || !b.has("pg_dumpall") || !b.has("pg_restore")
	})
	if len(dump) == 0 {
		return p, fmt.Errorf("%w: pg_dump of version %d is needed: install postgresql-client-%d and start again",
			ErrOldBinaries, p.have, p.have)
	}
	p.dump = slices.MinFunc(dump, func(a, b binaries) int { return a.major - b.major })
	return p, nil
}

// keepOld renames the folders of older versions, so that they can never be
// started by mistake, and lists those that are kept.
func keepOld(dir string, current int) ([]string, error) {
	majors, err := dataMajors(dir)
	if err != nil {
		return nil, err
	}
	for _, m := range majors {
		if m >= current {
			continue
		}
		if err := os.Rename(dataFolder(dir, m), dataFolder(dir, m)+".kept"); err != nil {
			return nil, fmt.Errorf("embedded: cannot set the older data aside: %w", err)
		}
	}
	kept, err := filepath.Glob(filepath.Join(dir, "pg*.kept"))
	if err != nil {
		return nil, err
	}
	return kept, fsync(dir)
}

// KeptData lists the folders that upgrades have left for safety.
func (p *Postgres) KeptData() []string { return slices.Clone(p.kept) }

// RemoveKeptData deletes them, once somebody has confirmed that all is well.
func (p *Postgres) RemoveKeptData() error {
	for _, dir := range p.kept {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("embedded: %w", err)
		}
	}
	p.kept = nil
	return nil
}
