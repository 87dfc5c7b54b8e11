// Package trust holds no code of the product: its tests send requests to the running program as
// strangers, rivals and the curious would, and compare the answers with the policy table.
package trust
