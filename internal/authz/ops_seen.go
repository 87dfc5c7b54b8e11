package authz

var seenOperations = map[string]Need{
	"listLooks":      {Confirmed: true, Action: SeeViews},
	"listEntryLooks": {Action: SeeEntry},
}
