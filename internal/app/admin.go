package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"golang.org/x/term"

	"fieldtrial/internal/identity"
	"fieldtrial/internal/lang"
)

// admin makes an admin: `admin create EMAIL`. The password comes from standard input, typed twice
// without an echo when that is a terminal, so that it stays out of the shell's history.
func admin(ctx context.Context, cfg Config, args []string, out io.Writer) error {
	if len(args) != 2 || args[0] != "create" || !strings.Contains(args[1], "@") {
		return ErrUsage
	}
	password, err := readPassword(out)
	if err != nil {
		return err
	}
	p, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), progress{}, true)
	if err != nil {
		return err
	}
	defer p.close()
	email := strings.ToLower(strings.TrimSpace(args[1]))
	if _, err := identity.CreateAdmin(ctx, p.db, email, "Admin", password, lang.EN); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s is an admin now and can sign in at %s/sign-in\n", email, cfg.PublicURL)
	return err
}

func readPassword(out io.Writer) (string, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 1024)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(prompt string) (string, error) {
		fmt.Fprint(out, prompt)
		b, err := term.ReadPassword(in)
		fmt.Fprintln(out)
		return string(b), err
	}
	first, err := ask("Password (8 characters or more): ")
	if err != nil {
		return "", err
	}
	second, err := ask("The same again: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two passwords differ")
	}
	return first, nil
}
