package identity

import (
	"errors"

	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// What can go wrong with accounts and sessions.
var (
	ErrCredentials = fault.New(fault.Unauthenticated, "account.credentials", "E-mail address or password is wrong.")
	ErrTooMany     = fault.New(fault.RateLimited, "account.too_many_attempts", "Too many attempts. Wait a quarter of an hour.")
	ErrDisabled    = fault.New(fault.Forbidden, "account.disabled", "This account is closed.")
	ErrDemo        = fault.New(fault.Forbidden, "account.demo_only_local", "Demo accounts work only where the server runs on this computer.")
	ErrLink        = fault.New(fault.Conflict, "account.link_not_valid", "This link has been used, has expired or was replaced by a newer one.")
	ErrTicket      = fault.New(fault.Conflict, "account.ticket", "This step took too long or was done already. Start again.")
	ErrSession     = fault.New(fault.Unauthenticated, "session.ended", "The session has ended. Sign in again.")
)

// What can go wrong with invitations and roles.
var (
	ErrNoInvitation  = fault.New(fault.NotFound, "invitation.unknown", "There is no such invitation.")
	ErrAccepted      = fault.New(fault.Conflict, "invitation.accepted", "This invitation has been accepted already.")
	ErrDeclined      = fault.New(fault.Conflict, "invitation.declined", "This invitation was declined.")
	ErrRevoked       = fault.New(fault.Conflict, "invitation.revoked", "This invitation was taken back.")
	ErrExpired       = fault.New(fault.Conflict, "invitation.expired", "This invitation has expired. Ask for a new one.")
	ErrHasAccount    = fault.New(fault.Conflict, "invitation.has_account", "The invited address has an account. Sign in to accept.")
	ErrInvitedBefore = database.Constraint("invitations_open_once", fault.New(fault.Conflict, "invitation.open", "This person has an open invitation to this role."))
	ErrSentEnough    = fault.New(fault.Conflict, "invitation.sent_enough", "This invitation was mailed a moment ago, or ten times already.")
	ErrLastAdmin     = fault.New(fault.Conflict, "people.last_admin", "There must be one administrator left.")
	ErrTeamRole      = fault.New(fault.Conflict, "people.team_role", "Roles in a team are given and taken by the team.")
	ErrEmailTaken    = database.Constraint("people_email", fault.New(fault.Conflict, "account.email_taken", "This address has an account."))
)

// What can go wrong with second factors, passkeys and tokens.
var (
	ErrPasskey        = fault.New(fault.Unauthenticated, "account.passkey", "This passkey could not be checked.")
	ErrPasskeyTaken   = database.Constraint("passkeys_credential", fault.New(fault.Conflict, "account.passkey_taken", "This passkey is in use already."))
	ErrPasskeysEnough = fault.New(fault.Conflict, "account.passkeys_enough", "You have twenty passkeys. Remove one first.")
	ErrTokensEnough   = fault.New(fault.Conflict, "token.enough", "You have fifty tokens. Revoke one first.")
	ErrOwnFactors     = fault.New(fault.Conflict, "people.own_factors", "Another administrator must do this for you.")
	ErrNoFactors      = fault.New(fault.Conflict, "people.no_factors", "This account has no second factor.")
	ErrNoOIDC         = fault.New(fault.NotFound, "account.no_city_sign_in", "No sign-in of a city is set up here.")
	ErrOIDC           = fault.New(fault.Unauthenticated, "account.city_sign_in", "The city's sign-in did not succeed.")
	ErrNotInvited     = fault.New(fault.Forbidden, "account.not_invited", "There is no account and no invitation for this address.")
	ErrSecretLost     = errors.New("identity: a kept secret cannot be read; FIELDTRIAL_SECRET has changed since it was kept")
)
