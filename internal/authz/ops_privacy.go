package authz

// What people may ask of us about their data. No personal token reaches any of it.
var privacyOperations = map[string]Need{
	"listCopies":     {},
	"askCopy":        {Recent: true},
	"getCopy":        {Recent: true},
	"listConsents":   {},
	"answerConsent":  {},
	"exportContacts": {Confirmed: true, Action: WriteToConsenting, Anywhere: true, Recent: true},
	"eraseMe":        {Recent: true},
	"erasePerson":    {Confirmed: true, Action: ManagePeople, Recent: true},
	"listBreaches":   {Confirmed: true, Action: ManagePeople},
	"enterBreach":    {Confirmed: true, Action: ManagePeople},
	"changeBreach":   {Confirmed: true, Action: ManagePeople},
}
