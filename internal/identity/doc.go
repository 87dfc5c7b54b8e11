// Package identity holds people and how they prove who they are: accounts by e-mail and password,
// sessions, tokens sent by mail, invitations and roles.
package identity
