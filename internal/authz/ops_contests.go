package authz

var contestsOperations = map[string]Need{
	"listManagedContests": {Confirmed: true, Action: ManageContests},
	"createContest":       {Confirmed: true, Action: ManageContests},
	"getManagedContest":   {Confirmed: true, Action: ManageContests},
	"updateContest":       {Confirmed: true, Action: ManageContests},
	"announceContest":     {Confirmed: true, Action: ManageContests},
	"archiveContest":      {Confirmed: true, Action: ManageContests},
	"restoreContest":      {Confirmed: true, Action: ManageContests},
	"putContestMails":     {Confirmed: true, Action: ManageContests},
	"putContestReasons":   {Confirmed: true, Action: ManageContests},
	"wipeRehearsal":       {Confirmed: true, Action: ManageContests},
}
