package authz

var juryOperations = map[string]Need{
	"getJury":               {Confirmed: true},
	"listJuryOrganisations": {Confirmed: true, Action: Judge},
	"declareConflicts":      {Confirmed: true, Action: Judge},
	"getJuryQueue":          {Confirmed: true, Action: Judge},
	"getAssignment":         {Confirmed: true, Action: Judge},
	"saveReview":            {Confirmed: true, Action: Judge},
	"submitReview":          {Confirmed: true, Action: Judge},
	"recuse":                {Confirmed: true, Action: Judge},
	"linkJuryFile":          {Confirmed: true, Action: Judge},
	"getJuryProgress":       {Confirmed: true, Action: SeeProgress},
	"assignJurors":          {Confirmed: true, Action: AssignJurors},
	"getMatrix":             {Confirmed: true, Action: SeeRanking},
	"getRanking":            {Confirmed: true, Action: SeeRanking},
	"lockScores":            {Confirmed: true, Action: LockScores},
	"reopenReview":          {Confirmed: true, Action: ReopenReview},
}
