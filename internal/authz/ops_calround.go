package authz

var calroundOperations = map[string]Need{
	"getCalibration":       {Confirmed: true, Action: SeeProgress},
	"settleCalibration":    {Confirmed: true, Action: SettleCalibration},
	"openCalibration":      {Confirmed: true, Action: RunCalibration},
	"closeCalibration":     {Confirmed: true, Action: RunCalibration},
	"cancelCalibration":    {Confirmed: true, Action: RunCalibration},
	"getCalibrationDesk":   {Confirmed: true, Action: Judge},
	"saveCalibrationSheet": {Confirmed: true, Action: Judge},
	"handInCalibration":    {Confirmed: true, Action: Judge},
	"recuseInCalibration":  {Confirmed: true, Action: Judge},
	"copyCalibrationSheet": {Confirmed: true, Action: Judge},
	"linkCalibrationFile":  {Confirmed: true, Action: Judge},
}
