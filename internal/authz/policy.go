package authz

// Action is one thing that can be done to something. The names appear in allowedActions.
type Action string

// The actions, by room.
const (
	ManageCities   Action = "cities.manage"
	ManageTestbeds Action = "testbeds.manage"
	ManagePeople   Action = "people.manage"
	ManageContests Action = "contests.manage"

	CreateChallenge    Action = "challenge.create"
	SeeChallengeDraft  Action = "challenge.see_draft"
	EditChallenge      Action = "challenge.edit"
	TranslateChallenge Action = "challenge.translate"
	RequestTranslation Action = "challenge.request_translation"
	SendChallenge      Action = "challenge.send_for_approval"
	ApproveChallenge   Action = "challenge.approve"
	ReturnChallenge    Action = "challenge.return"
	PublishChallenge   Action = "challenge.publish"

	AmendRules  Action = "rules.amend"  // draft and publish a new version, extend the deadline
	AcceptRules Action = "rules.accept" // for one's team's entry

	AskQuestion        Action = "question.ask"
	SeeQuestions       Action = "questions.see" // the officials' desk: private ones and who asked
	AnswerQuestions    Action = "questions.answer"
	TranslateQuestions Action = "questions.translate"

	CreateTeam    Action = "team.create"
	SeeTeam       Action = "team.see"
	EditTeam      Action = "team.edit"
	CreateEntry   Action = "entry.create"
	SeeEntry      Action = "entry.see" // as its team
	EditEntry     Action = "entry.edit"
	SubmitEntry   Action = "entry.submit"
	WithdrawEntry Action = "entry.withdraw"  // and revive
	SeeNumbers    Action = "entries.numbers" // counts before the deadline
	SeeSubmitted  Action = "entries.see"     // contents, after the deadline
	SeeReceipt    Action = "entry.receipt"
	ExtendEntry   Action = "entry.extend"       // more time for one team
	ScreenEntries Action = "entries.screen"     // verdicts of eligibility and requests for correction
	OpenEarly     Action = "entries.open_early" // before the deadline, on record
	SeeReach      Action = "reach.see"          // views, follows, drafts and submissions as numbers
	ManageReach   Action = "reach.manage"       // campaign links

	InviteJurors Action = "jury.invite"
	AssignJurors Action = "jury.assign"
	// RuleConflicts is to see possible conflicts and decide about them. An admin does it where the chair is the one
	// in question.
	RuleConflicts Action = "jury.conflicts"
	SeeProgress   Action = "jury.progress"
	Judge         Action = "jury.judge" // declare conflicts, read what is assigned, score
	LockScores    Action = "jury.lock"
	ReopenReview  Action = "jury.reopen"
	SeeRanking    Action = "jury.ranking"
	Audit         Action = "jury.audit" // every review that was locked, to recompute what came of it

	SettleCalibration Action = "calibration.settle" // before opening: whether a calibration round counts
	RunCalibration    Action = "calibration.run"    // open, close and cancel it

	RunPitch Action = "pitch.run" // name the shortlist, move and lock

	SeeMeeting Action = "meeting.see"
	RunMeeting Action = "meeting.run" // plan, lead, close; and show it on the projector

	Decide         Action = "award.decide"
	ReleaseResults Action = "award.release"

	SeeKPI     Action = "kpi.see"
	EnterKPI   Action = "kpi.enter"
	ExportData Action = "export.participation"

	SeeOutbox    Action = "outbox.see"
	ManageOutbox Action = "outbox.manage" // retry and cancel
	SeeJobs      Action = "jobs.see"
	ManageJobs   Action = "jobs.manage"

	SeeViews Action = "seen.see" // who opened which entry

	WriteToConsenting Action = "people.write_to" // who agreed that cities write to them
)

type rule struct {
	everyone  bool   // signed in or not
	anyMember bool   // anybody signed in
	self      bool   // the person in Scope.Person
	roles     []Role // anybody who holds one of these within the scope
	see       Action // who may do this other thing gets "forbidden" instead of "not found"
}

// policy is the one source of who may do what. Admins are named where they may act: an admin is
// not a juror, and does not see sealed entries.
var policy = map[Action]rule{
	ManageCities:   {roles: []Role{Admin}, see: SeeKPI},
	ManageTestbeds: {roles: []Role{Admin, Official}, see: SeeKPI},
	ManagePeople:   {roles: []Role{Admin}, see: SeeKPI},
	ManageContests: {roles: []Role{Admin}, see: SeeKPI},

	CreateChallenge:    {roles: []Role{Official, Admin}},
	SeeChallengeDraft:  {roles: []Role{Official, Admin, Translator, Manager}},
	EditChallenge:      {roles: []Role{Official, Admin}, see: SeeChallengeDraft},
	TranslateChallenge: {roles: []Role{Official, Admin, Translator, Manager}},
	RequestTranslation: {roles: []Role{Official, Admin, Manager}, see: SeeChallengeDraft},
	SendChallenge:      {roles: []Role{Official, Admin}, see: SeeChallengeDraft},
	ApproveChallenge:   {roles: []Role{Official, Admin}, see: SeeChallengeDraft},
	ReturnChallenge:    {roles: []Role{Official, Admin}, see: SeeChallengeDraft},
	PublishChallenge:   {roles: []Role{Official, Admin}, see: SeeChallengeDraft},

	AmendRules:  {roles: []Role{Official, Admin}, see: SeeChallengeDraft},
	AcceptRules: {roles: []Role{TeamOwner, TeamSubmitter, TeamEditor}, see: SeeEntry},

	AskQuestion:        {anyMember: true},
	SeeQuestions:       {roles: []Role{Official, Admin, Manager, Translator}},
	AnswerQuestions:    {roles: []Role{Official, Admin}, see: SeeQuestions},
	TranslateQuestions: {roles: []Role{Official, Admin, Manager, Translator}},

	CreateTeam:    {anyMember: true},
	SeeTeam:       {roles: TeamRoles},
	EditTeam:      {roles: []Role{TeamOwner}, see: SeeTeam},
	CreateEntry:   {roles: []Role{TeamOwner, TeamSubmitter, TeamEditor}, see: SeeTeam},
	SeeEntry:      {roles: TeamRoles},
	EditEntry:     {roles: []Role{TeamOwner, TeamSubmitter, TeamEditor}, see: SeeEntry},
	SubmitEntry:   {roles: []Role{TeamOwner, TeamSubmitter}, see: SeeEntry},
	WithdrawEntry: {roles: []Role{TeamOwner, TeamSubmitter}, see: SeeEntry},
	SeeReceipt:    {roles: TeamRoles},
	ExtendEntry:   {roles: []Role{Official}, see: SeeNumbers},
	SeeNumbers:    {roles: []Role{Official, Admin, Chair, Auditor, Manager}},
	SeeSubmitted:  {roles: []Role{Official, Admin, Chair, Auditor}},
	ScreenEntries: {roles: []Role{Official}, see: SeeNumbers},
	OpenEarly:     {roles: []Role{Official}, see: SeeNumbers},
	SeeReach:      {roles: []Role{Official, Admin, Auditor, Manager}},
	ManageReach:   {roles: []Role{Official, Admin, Manager}, see: SeeReach},

	InviteJurors:  {roles: []Role{Admin, Chair}},
	AssignJurors:  {roles: []Role{Chair}, see: SeeProgress},
	RuleConflicts: {roles: []Role{Chair, Admin}, see: SeeProgress},
	SeeProgress:   {roles: []Role{Chair, Admin, Auditor, Official}},
	Judge:         {roles: []Role{Juror, Chair}},
	LockScores:    {roles: []Role{Chair}, see: SeeProgress},
	ReopenReview:  {roles: []Role{Chair}, see: SeeProgress},
	SeeRanking:    {roles: []Role{Chair, Official, Auditor}},
	Audit:         {roles: []Role{Auditor}, see: SeeRanking},

	SettleCalibration: {roles: []Role{Official, Admin, Chair}, see: SeeProgress},
	RunCalibration:    {roles: []Role{Chair}, see: SeeProgress},

	RunPitch: {roles: []Role{Chair}, see: SeeRanking},

	SeeMeeting: {roles: []Role{Chair, Juror, Official, Auditor}},
	RunMeeting: {roles: []Role{Chair}, see: SeeMeeting},

	Decide:         {roles: []Role{Official}, see: SeeRanking},
	ReleaseResults: {roles: []Role{Official, Admin}, see: SeeNumbers},

	SeeKPI:     {roles: []Role{Admin, Manager, Auditor}},
	EnterKPI:   {roles: []Role{Admin, Manager}, see: SeeKPI},
	ExportData: {roles: []Role{Admin, Manager}, see: SeeKPI},

	SeeOutbox:    {roles: []Role{Admin, Manager}},
	ManageOutbox: {roles: []Role{Admin, Manager}},
	SeeJobs:      {roles: []Role{Admin}},
	ManageJobs:   {roles: []Role{Admin}},

	SeeViews: {roles: []Role{Admin}},

	WriteToConsenting: {roles: []Role{Official, Admin}},
}

// Actions lists every action of the table, for tests.
func Actions() []Action {
	out := make([]Action, 0, len(policy))
	for a := range policy {
		out = append(out, a)
	}
	return out
}

// Roles lists who may do something within a scope, for queries that ask it of many at once.
func Roles(a Action) []Role { return policy[a].roles }

// Seeing names the action that makes a refusal of another one "forbidden" instead of "not found": the
// actor sees the thing anyway. "" where there is none.
func Seeing(a Action) Action { return policy[a].see }
