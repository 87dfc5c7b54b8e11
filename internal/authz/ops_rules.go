package authz

var rulesOperations = map[string]Need{
	"listRulesVersions": {Public: true, Published: true},
	"getRulesDesk":      {Confirmed: true, Action: SeeChallengeDraft},
	"saveRulesDraft":    {Confirmed: true, Action: AmendRules},
	"dropRulesDraft":    {Confirmed: true, Action: AmendRules},
	"publishRules":      {Confirmed: true, Action: AmendRules},
	"extendDeadline":    {Confirmed: true, Action: AmendRules},
	"listAcceptances":   {Confirmed: true, Action: SeeNumbers},
	"getEntryRules":     {Action: SeeEntry},
	"acceptRules":       {Action: AcceptRules}, // must never stand in the way of a deadline, as in entries
}
