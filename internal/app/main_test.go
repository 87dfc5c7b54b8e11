package app

import (
	"os"
	"testing"

	"fieldtrial/internal/embedded"
)

// asProgram makes the test binary be the program, so that a test can start, kill and start it again.
const asProgram = "FIELDTRIAL_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	embedded.RunS3Child()
	if os.Getenv(asProgram) != "" {
		os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}
