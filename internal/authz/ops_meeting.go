package authz

var meetingOperations = map[string]Need{
	"getMeeting":      {Confirmed: true, Action: SeeMeeting},
	"saveMeeting":     {Confirmed: true, Action: RunMeeting},
	"openMeeting":     {Confirmed: true, Action: RunMeeting},
	"callMeetingItem": {Confirmed: true, Action: RunMeeting},
	"recuseInMeeting": {Confirmed: true, Action: RunMeeting},
	"saveMeetingItem": {Confirmed: true, Action: RunMeeting},
	"closeMeeting":    {Confirmed: true, Action: RunMeeting},
	"getProjector":    {Confirmed: true, Action: RunMeeting},
}
