package authz

var questionsOperations = map[string]Need{
	"listQuestions":        {Public: true, Published: true},
	"askQuestion":          {Confirmed: true, Action: AskQuestion, Published: true},
	"listMyQuestions":      {Action: AskQuestion},
	"listManagedQuestions": {Confirmed: true, Action: SeeQuestions},
	"setQuestionClosing":   {Confirmed: true, Action: AnswerQuestions},
	"answerQuestion":       {Confirmed: true, Action: AnswerQuestions},
	"translateQuestion":    {Confirmed: true, Action: TranslateQuestions},
	"hideQuestion":         {Confirmed: true, Action: AnswerQuestions},
	"showQuestion":         {Confirmed: true, Action: AnswerQuestions},
}
