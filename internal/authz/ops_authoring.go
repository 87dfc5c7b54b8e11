package authz

var authoringOperations = map[string]Need{
	"getChallengeAuthoring":   {Confirmed: true, Action: SeeChallengeDraft},
	"requestEdit":             {Confirmed: true, Action: ReturnChallenge},
	"markEdit":                {Confirmed: true, Action: EditChallenge},
	"withdrawEdit":            {Confirmed: true, Action: ReturnChallenge},
	"schedulePublication":     {Confirmed: true, Action: PublishChallenge},
	"cancelPublication":       {Confirmed: true, Action: PublishChallenge},
	"listChallengeSources":    {Confirmed: true, Action: SeeChallengeDraft},
	"cloneChallenge":          {Confirmed: true, Action: CreateChallenge},
	"listTermsTemplates":      {Public: true},
	"chooseTerms":             {Confirmed: true, Action: EditChallenge},
	"getChallengeExtras":      {Public: true},
	"previewChallengeExtras":  {Confirmed: true, Action: SeeChallengeDraft},
	"getEligibilityQuestions": {Confirmed: true, Action: SeeChallengeDraft},
	"putEligibilityQuestions": {Confirmed: true, Action: EditChallenge},
	"getEntryEligibility":     {Action: SeeEntry},
	"answerEntryEligibility":  {Action: EditEntry},
}
