package authz

var identityOperations = map[string]Need{
	"register":           {Public: true},
	"confirmEmail":       {Public: true},
	"resendConfirmation": {Public: true},
	"signIn":             {Public: true},
	"refreshSession":     {Public: true},
	"signOut":            {Public: true},
	"requestReset":       {Public: true},
	"resetPassword":      {Public: true},

	"getMe":          {},
	"updateMe":       {},
	"changePassword": {},

	"lookAtInvitation":  {Public: true},
	"acceptInvitation":  {Public: true},
	"declineInvitation": {Public: true},
	"listInvitations":   {Confirmed: true, Action: InviteJurors},
	"createInvitation":  {Confirmed: true, Action: InviteJurors},
	"revokeInvitation":  {Confirmed: true, Action: InviteJurors},

	"listPeople":    {Confirmed: true, Action: ManagePeople},
	"grantRole":     {Confirmed: true, Action: ManagePeople},
	"removeGrant":   {Confirmed: true, Action: ManagePeople},
	"disablePerson": {Confirmed: true, Action: ManagePeople},
	"enablePerson":  {Confirmed: true, Action: ManagePeople},
}
