package authz

var pitchOperations = map[string]Need{
	"getPitchRules":      {Public: true, Published: true},
	"getPitchPlan":       {Confirmed: true, Action: SeeChallengeDraft},
	"savePitchPlan":      {Confirmed: true, Action: EditChallenge},
	"getPitch":           {Confirmed: true, Action: SeeRanking},
	"namePitchShortlist": {Confirmed: true, Action: RunPitch},
	"movePitch":          {Confirmed: true, Action: RunPitch},
	"lockPitch":          {Confirmed: true, Action: RunPitch},
	"getPitchDesk":       {Confirmed: true, Action: Judge},
	"savePitchScore":     {Confirmed: true, Action: Judge},
	"listMyPitchRounds":  {Confirmed: true},
	"getPitchInvitation": {Confirmed: true, Action: SeeEntry},
}
