package authz

var screeningOperations = map[string]Need{
	"listScreening":        {Confirmed: true, Action: SeeNumbers},
	"screenEntries":        {Confirmed: true, Action: ScreenEntries},
	"getScreeningRun":      {Confirmed: true, Action: ScreenEntries},
	"getEntryScreening":    {Confirmed: true, Action: SeeSubmitted, Sealed: true},
	"proposeEarlyOpening":  {Confirmed: true, Action: OpenEarly},
	"takeBackEarlyOpening": {Confirmed: true, Action: OpenEarly},
	"confirmEarlyOpening":  {Confirmed: true, Action: OpenEarly},
	"listEarlyOpenings":    {Public: true},
}
