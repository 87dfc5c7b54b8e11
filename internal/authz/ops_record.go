package authz

// The record is there to be checked by anybody.
var recordOperations = map[string]Need{
	"getRecordKey":    {Public: true},
	"listCheckpoints": {Public: true},
	"getConsistency":  {Public: true},
}
