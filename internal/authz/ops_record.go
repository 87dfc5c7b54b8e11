package authz

// The record is there to be checked by anybody.
var recordOperations = map[string]Need{
	"getRecordKey":       {Public: true},
	"listCheckpoints":    {Public: true},
	"getConsistency":     {Public: true},
	"getRecordLog":       {Public: true},
	"getChallengeRecord": {Public: true, Published: true},
}

// What opens the record is for those whose reviews they are, and for a contest's auditor.
var openingOperations = map[string]Need{
	"getEntryOpenings": {Confirmed: true, Action: SeeEntry},
	"getAuditBundle":   {Confirmed: true, Action: Audit, Recent: true},
}
