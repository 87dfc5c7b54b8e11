package authz

var kpiOperations = map[string]Need{
	"listIndicators":      {Action: SeeKPI},
	"getIndicator":        {Action: SeeKPI},
	"enterMeasurement":    {Action: EnterKPI},
	"withdrawMeasurement": {Action: EnterKPI},
	"exportParticipation": {Action: ExportData},
}
