// Command fieldtrial is the whole product in one binary.
package main

import (
	"os"

	"fieldtrial/internal/app"
	"fieldtrial/internal/embedded"
)

func main() {
	embedded.RunS3Child() // does not return when this process is the object store
	os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr))
}
