// Shared runs a command with one Postgres for all the test binaries that it starts, so that not each
// of them makes its own: `go run ./internal/testkit/shared go test ./...`. The server is the one of
// FIELDTRIAL_POSTGRES_BIN, else what the program itself would take. It is gone when the command ends.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"fieldtrial/internal/testkit"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "shared:", err)
	}
	os.Exit(code)
}

func run(command []string) (int, error) {
	if len(command) == 0 {
		return 2, errors.New("which command?")
	}
	url, stop, err := testkit.StartPostgres("web/node_modules")
	if err != nil {
		return 1, err
	}
	defer stop()
	c := exec.Command(command[0], command[1:]...)
	c.Env = append(os.Environ(), "FIELDTRIAL_TEST_DATABASE_URL="+url)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return 1, err
	}
	return 0, nil
}
