package authz

var lateOperations = map[string]Need{
	"getLatePolicy": {Action: SeeNumbers},
	"setGrace":      {Action: EditChallenge, Confirmed: true},
	"extendEntry":   {Action: ExtendEntry, Confirmed: true},
}
