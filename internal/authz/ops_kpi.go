package authz

var kpiOperations = map[string]Need{
	"listIndicators":      {Action: SeeKPI, Anywhere: true},
	"getIndicator":        {Action: SeeKPI, Anywhere: true},
	"enterMeasurement":    {Action: EnterKPI, Anywhere: true},
	"withdrawMeasurement": {Action: EnterKPI, Anywhere: true},
	"exportParticipation": {Action: ExportData, Anywhere: true},
}
