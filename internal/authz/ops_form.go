package authz

var formOperations = map[string]Need{
	"getChallengeForm":  {Confirmed: true, Action: SeeChallengeDraft},
	"putChallengeForm":  {Confirmed: true, Action: EditChallenge},
	"markEntryFormSeen": {Action: EditEntry},
}
