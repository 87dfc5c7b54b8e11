package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ErrNoIdentity is returned when the program runs as root and finds no user as
// whom PostgreSQL, which refuses root, could run.
var ErrNoIdentity = errors.New("embedded: PostgreSQL cannot run here as root")

// identity says as whom PostgreSQL's programs run.
type identity struct {
	name     string
	uid, gid int  // owner of its files
	drop     bool // take uid and gid in the child
	userns   bool // stay root outside, be somebody inside a user namespace
}

// attr returns the process attributes that give a child this identity.
func (id identity) attr() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	switch {
	case id.userns:
		const inside = 65534
		a.Cloneflags = syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: id.uid, Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: id.gid, Size: 1}}
		a.Credential = &syscall.Credential{Uid: inside, Gid: inside, NoSetGroups: true}
	case id.drop:
		a.Credential = &syscall.Credential{Uid: uint32(id.uid), Gid: uint32(id.gid)} //nolint:gosec // ids are never negative here
	}
	return a
}

// command prepares a program of PostgreSQL. The environment is small on
// purpose: PG* variables of the caller must not lead the child elsewhere.
func (id identity) command(program, dir string, args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	c.SysProcAttr = id.attr()
	c.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/nonexistent"}
	c.Dir = dir
	return c
}

// chooseIdentity finds a user that can run the programs in bin and enter dir.
func chooseIdentity(bin []binaries, dir string) (identity, error) {
	if uid := os.Geteuid(); uid != 0 {
		return identity{name: "uid " + strconv.Itoa(uid), uid: uid, gid: os.Getegid()}, nil
	}
	var tried []identity
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil && uid > 0 {
			tried = append(tried, identity{name: name, uid: uid, gid: gid, drop: true})
		}
	}
	tried = append(tried, identity{name: "a user namespace", userns: true})
	var reasons []error
	for _, id := range tried {
		err := id.probe(bin, dir)
		if err == nil {
			return id, nil
		}
		reasons = append(reasons, err)
	}
	return identity{}, fmt.Errorf("%w: start the program as an ordinary user, or put its data folder "+
		"where other users may enter (chmod o+x on each folder above it): %w", ErrNoIdentity, errors.Join(reasons...))
}

// probe runs each installation's postgres inside dir: that needs leave to enter
// both folders and to execute.
func (id identity) probe(bin []binaries, dir string) error {
	for _, b := range bin {
		if out, err := id.command(b.path("postgres"), dir, "--version").CombinedOutput(); err != nil {
			return fmt.Errorf("as %s: %w %s", id.name, err, strings.TrimSpace(string(out)))
		}
	}
	return nil
}

// own hands a folder and all below it to the identity. When the program is not
// root, it only checks: PostgreSQL accepts no folder of somebody else.
func (id identity) own(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if ok && int(st.Uid) == id.uid {
		return nil
	}
	if os.Geteuid() != 0 {
		return fmt.Errorf("embedded: %s belongs to user id %d: run the program as that user, or change the folder's owner", dir, st.Uid)
	}
	err = filepath.WalkDir(dir, func(p string, _ fs.DirEntry, err error) error {
		if err != nil || p == dir {
			return err
		}
		return os.Lchown(p, id.uid, id.gid) //nolint:gosec // follows no link, and nobody else may write there
	})
	if err != nil {
		return err
	}
	return os.Lchown(dir, id.uid, id.gid) // last: its owner says that all is done
}
