package authz

var translationsOperations = map[string]Need{
	"getTranslationDesk":       {Confirmed: true, Action: SeeChallengeDraft},
	"requestTranslation":       {Confirmed: true, Action: RequestTranslation},
	"cancelTranslationRequest": {Confirmed: true, Action: RequestTranslation},
}
