package authz

var awardOperations = map[string]Need{
	"getDecision":    {Confirmed: true, Action: SeeRanking},
	"saveDecision":   {Confirmed: true, Action: Decide},
	"decide":         {Confirmed: true, Action: Decide},
	"releaseResults": {Confirmed: true, Action: ReleaseResults},
	"getResults":     {Public: true, Released: true},
	"getEntryResult": {Confirmed: true, Action: SeeEntry},
}
