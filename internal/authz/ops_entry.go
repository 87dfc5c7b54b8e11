package authz

// Nothing here asks for a confirmed address: it must never stand in the way of a deadline.
var entryOperations = map[string]Need{
	"startEntry":           {Action: CreateEntry, Published: true},
	"listMyEntries":        {},
	"getEntry":             {Action: SeeEntry, Or: SeeSubmitted, Sealed: true},
	"saveAnswers":          {Action: EditEntry},
	"submitEntry":          {Action: SubmitEntry},
	"withdrawEntry":        {Action: WithdrawEntry},
	"reviveEntry":          {Action: WithdrawEntry},
	"getReceipt":           {Action: SeeReceipt},
	"startUpload":          {Action: EditEntry},
	"getUpload":            {Action: EditEntry},
	"signParts":            {Action: EditEntry},
	"completeUpload":       {Action: EditEntry},
	"promiseFile":          {Action: EditEntry},
	"restoreFile":          {Action: EditEntry},
	"listAnswerVersions":   {Action: SeeEntry},
	"removeFile":           {Action: EditEntry},
	"linkFile":             {Action: SeeEntry, Or: SeeSubmitted, Sealed: true},
	"listChallengeEntries": {Action: SeeNumbers},
}
