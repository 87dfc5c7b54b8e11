package authz

// As with entries, nothing that a deadline may hang on asks for a confirmed address.
var teamOperations = map[string]Need{
	"listMyTeams":          {},
	"createTeam":           {Action: CreateTeam},
	"getTeam":              {Action: SeeTeam},
	"editTeam":             {Action: EditTeam},
	"inviteTeamMember":     {Action: EditTeam, Confirmed: true},
	"changeTeamMember":     {Action: EditTeam, Confirmed: true},
	"removeTeamMember":     {Action: EditTeam, Self: true},
	"resendTeamInvitation": {Action: EditTeam, Confirmed: true},
	"revokeTeamInvitation": {Action: EditTeam},
	"offerTeam":            {Action: EditTeam, Confirmed: true},
	"withdrawTeamOffer":    {Action: EditTeam},
	"acceptTeam":           {Action: SeeTeam, Confirmed: true},
	"declineTeam":          {Action: SeeTeam},
	"findOrganisations":    {Action: CreateTeam},
	"claimOrganisation":    {Action: CreateTeam, Confirmed: true},
	"listMyClaims":         {},
	"listClaims":           {Action: ManagePeople, Confirmed: true},
	"approveClaim":         {Action: ManagePeople, Confirmed: true},
	"refuseClaim":          {Action: ManagePeople, Confirmed: true},
}
