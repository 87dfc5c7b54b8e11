package authz

// What a person does with their own account. No personal token reaches any of it.
var accountOperations = map[string]Need{
	"prove": {},

	"getFactors":         {},
	"offerTotp":          {Recent: true},
	"confirmTotp":        {Recent: true},
	"removeTotp":         {Recent: true},
	"renewRecoveryCodes": {Recent: true},
	"askNewPasskey":      {Recent: true},
	"addPasskey":         {Recent: true},
	"renamePasskey":      {},
	"removePasskey":      {Recent: true},

	"readSecurityLog":  {},
	"listSessions":     {},
	"endSession":       {},
	"endOtherSessions": {},

	"listTokens":  {},
	"makeToken":   {Confirmed: true, Recent: true},
	"revokeToken": {},

	"requestEmailChange": {Recent: true},
}
