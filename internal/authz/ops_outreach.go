package authz

var outreachOperations = map[string]Need{
	"noteView":           {Public: true},
	"getFollow":          {Published: true},
	"follow":             {Published: true},
	"unfollow":           {Published: true},
	"listCampaignLinks":  {Confirmed: true, Action: SeeReach},
	"createCampaignLink": {Confirmed: true, Action: ManageReach},
	"retireCampaignLink": {Confirmed: true, Action: ManageReach},
	"getReach":           {Confirmed: true, Action: SeeReach},
	"exportReach":        {Confirmed: true, Action: SeeReach},
}
