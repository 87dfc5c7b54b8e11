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

	"finishSignIn":      {Public: true},
	"listWaysIn":        {Public: true},
	"askPasskey":        {Public: true},
	"signInWithPasskey": {Public: true},
	"startCitySignIn":   {Public: true},
	"finishCitySignIn":  {Public: true},
	"lookAtEmailChange": {Public: true},
	"answerEmailChange": {Public: true},

	"getMe":          {},
	"updateMe":       {},
	"changePassword": {},

	"lookAtInvitation":  {Public: true},
	"acceptInvitation":  {Public: true},
	"declineInvitation": {Public: true},
	"listInvitations":   {Confirmed: true, Action: InviteJurors, Anywhere: true},
	"createInvitation":  {Confirmed: true, Action: InviteJurors},
	"revokeInvitation":  {Confirmed: true, Action: InviteJurors},

	"listPeople":    {Confirmed: true, Action: ManagePeople},
	"resetFactors":  {Confirmed: true, Action: ManagePeople, Recent: true},
	"grantRole":     {Confirmed: true, Action: ManagePeople},
	"removeGrant":   {Confirmed: true, Action: ManagePeople},
	"disablePerson": {Confirmed: true, Action: ManagePeople},
	"enablePerson":  {Confirmed: true, Action: ManagePeople},
}
