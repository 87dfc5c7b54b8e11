package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
	"github.com/versity/versitygw/s3api"
)

// s3ChildArgument is the first argument of the program when it is to be the
// object store: the store changes the folder of its whole process, and only one
// fits in a process, so it runs as a child.
const s3ChildArgument = "__s3"

const s3Ready = "READY"

// RunS3Child turns the process into the object store when it was started as
// one, and then never returns. main calls it before anything else.
func RunS3Child() {
	if len(os.Args) != 4 || os.Args[1] != s3ChildArgument {
		return
	}
	if err := serveS3(os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serveS3 serves the objects below dir at socket until a signal ends it.
func serveS3(dir, socket string) error {
	secret, err := keepSecret(filepath.Join(dir, secretFile))
	if err != nil {
		return err
	}
	store, opts, err := s3Metadata(dir)
	if err != nil {
		return err
	}
	opts.CopyObjectThreshold = 5 << 30 // the largest object that may be copied; the default is stricter
	opts.NewDirPerm, opts.NewFilePerm = 0o700, 0o600
	be, err := posix.New(objectsFolder(dir), store, opts)
	if err != nil {
		return fmt.Errorf("cannot open the object store: %w", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return embedgw.RunVersityGW(ctx, be, &embedgw.Config{
		RootUserAccess: accessKey, RootUserSecret: secret, Region: Region,
		Ports: []string{socket}, SocketPerm: "0600",
		MaxConnections: 4096, MaxRequests: 2048, MultipartMaxParts: 10000,
		KeepAlive: true, Quiet: true, DisableACLs: true,
		S3Options: []s3api.Option{s3api.WithOnListen(func() { fmt.Println(s3Ready) })},
	})
}

// s3Metadata keeps what S3 knows of an object in its extended attributes, or in
// files beside where the file system has none. A store that began with files
// stays with them, also when its folder has moved to a better file system.
func s3Metadata(dir string) (meta.MetadataStorer, posix.PosixOpts, error) {
	side := filepath.Join(dir, "metadata")
	_, err := os.Stat(side)
	if errors.Is(err, os.ErrNotExist) {
		if err := probeXattr(objectsFolder(dir)); err == nil {
			return meta.XattrMeta{}, posix.PosixOpts{}, nil
		}
		err = os.Mkdir(side, 0o700)
	}
	if err != nil {
		return nil, posix.PosixOpts{}, fmt.Errorf("cannot keep the objects' metadata: %w", err)
	}
	s, err := meta.NewSideCar(side)
	return s, posix.PosixOpts{SideCarDir: side}, err
}

// probeXattr tries to write an extended attribute: some file systems let one
// read them and say no to this.
func probeXattr(dir string) error {
	f, err := os.CreateTemp(dir, ".xattr-*")
	if err != nil {
		return err
	}
	defer func() { _, _ = f.Close(), os.Remove(f.Name()) }()
	return syscall.Setxattr(f.Name(), "user.fieldtrial", []byte("probe"), 0)
}
