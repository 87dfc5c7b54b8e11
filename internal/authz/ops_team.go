package authz

// As with entries, nothing that a deadline may hang on asks for a confirmed address.
var teamOperations = map[string]Need{
	"listMyTeams":      {},
	"createTeam":       {Action: CreateTeam},
	"getTeam":          {Action: SeeTeam},
	"editTeam":         {Action: EditTeam},
	"inviteTeamMember": {Action: EditTeam, Confirmed: true},
}
