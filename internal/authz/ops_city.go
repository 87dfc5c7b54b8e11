package authz

var cityOperations = map[string]Need{
	"getProgramme":       {Public: true},
	"listCities":         {Public: true},
	"createCity":         {Confirmed: true, Action: ManageCities},
	"updateCity":         {Confirmed: true, Action: ManageCities},
	"listCityCandidates": {Confirmed: true, Action: ManageCities},
	"listTestbeds":       {Public: true},
	"getTestbed":         {Public: true},
	"createTestbed":      {Confirmed: true, Action: ManageTestbeds},
	"updateTestbed":      {Confirmed: true, Action: ManageTestbeds},
	"addSlot":            {Confirmed: true, Action: ManageTestbeds},
	"removeSlot":         {Confirmed: true, Action: ManageTestbeds},
}
