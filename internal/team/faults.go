package team

import (
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// What the state of a team does not allow.
var (
	ErrMember       = fault.New(fault.Conflict, "team.member", "This person belongs to the team already.")
	ErrLastOwner    = fault.New(fault.Conflict, "team.last_owner", "A team needs an owner. Transfer the ownership first.")
	ErrOwnerAlready = fault.New(fault.Conflict, "team.owner_already", "This person is an owner already.")
	ErrTransferOpen = database.Constraint("team_transfers_open_once", fault.New(fault.Conflict, "team.transfer_open", "The ownership has been offered to somebody already."))
	ErrNoTransfer   = fault.New(fault.Conflict, "team.no_transfer", "There is no open offer of ownership.")
	ErrClaimed      = fault.New(fault.Conflict, "team.claimed", "Somebody speaks for this organisation already.")
	ErrClaimOpen    = database.Constraint("team_claims_open_once", fault.New(fault.Conflict, "team.claim_open", "You have asked for this organisation already."))
	ErrClaimDecided = fault.New(fault.Conflict, "team.claim_decided", "This claim has been decided.")
	ErrManyClaims   = fault.New(fault.Conflict, "team.many_claims", "You have asked for five organisations. Wait until they are decided.")
)
