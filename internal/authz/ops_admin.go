package authz

var adminOperations = map[string]Need{
	"listNotices":  {Action: SeeOutbox},
	"getNotice":    {Action: SeeOutbox},
	"retryNotice":  {Action: ManageOutbox},
	"cancelNotice": {Action: ManageOutbox},
	"listJobs":     {Action: SeeJobs},
	"retryJob":     {Action: ManageJobs},
	"cancelJob":    {Action: ManageJobs},
}
