package authz

var contestOperations = map[string]Need{
	"listContests":          {Public: true},
	"getContest":            {Public: true},
	"listChallenges":        {Public: true},
	"getChallenge":          {Public: true, Published: true},
	"getChallengeDeadline":  {Public: true, Published: true},
	"listManagedChallenges": {Confirmed: true, Action: SeeChallengeDraft, Anywhere: true},
	"createChallenge":       {Confirmed: true, Action: CreateChallenge},
	"getManagedChallenge":   {Confirmed: true, Action: SeeChallengeDraft},
	"previewChallenge":      {Confirmed: true, Action: SeeChallengeDraft},
	"updateChallenge":       {Confirmed: true, Action: EditChallenge},
	"putChallengeText":      {Confirmed: true, Action: TranslateChallenge},
	"putChallengeCriteria":  {Confirmed: true, Action: EditChallenge},
	"sendChallenge":         {Confirmed: true, Action: SendChallenge},
	"returnChallenge":       {Confirmed: true, Action: ReturnChallenge},
	"approveChallenge":      {Confirmed: true, Action: ApproveChallenge},
	"publishChallenge":      {Confirmed: true, Action: PublishChallenge},
	"listTranslations":      {Confirmed: true, Action: TranslateChallenge, Anywhere: true},
	"getChallengeTemplate":  {Confirmed: true},
	"renderMarkdown":        {Confirmed: true},
}
