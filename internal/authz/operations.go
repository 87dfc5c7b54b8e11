package authz

// Need is the least that an operation asks of the caller before any service is reached. What it
// asks for beyond that, on the thing itself, is the action that the service requires.
type Need struct {
	Public    bool   // anyone; must say `security: []` in the contract
	Confirmed bool   // a signed-in person whose address is confirmed
	Action    Action // the action the service requires; "" where the operation is about oneself

	// What the service adds to the action. The matrix test holds every operation to all of it.
	Or        Action // somebody who may do this instead gets in too …
	Sealed    bool   // … but only once the entries are not sealed any more; without Or it binds the action itself
	Anywhere  bool   // the action in any scope is enough: the answer holds what lies in the actor's own
	Own       bool   // of those who may, only the person whose it is
	Self      bool   // also the person that the address names
	Published bool   // before the challenge is published there is nothing to find
	Released  bool   // before the results are released there is nothing to find
	Recent    bool   // the person proved who they are within the last quarter of an hour
}

// Operations has one line for each operationId of the contract. An operation without a line is
// refused, and a test fails.
var Operations = merge(identityOperations, accountOperations, privacyOperations, cityOperations, contestOperations, entryOperations,
	juryOperations, calroundOperations, pitchOperations, awardOperations, meetingOperations, kpiOperations, adminOperations, recordOperations, openingOperations, rulesOperations, questionsOperations, screeningOperations, outreachOperations, teamOperations, entrantOperations, authoringOperations,
	contestsOperations, translationsOperations, lateOperations, formOperations, feedsOperations, seenOperations)

func merge(parts ...map[string]Need) map[string]Need {
	out := map[string]Need{}
	for _, p := range parts {
		for id, n := range p {
			if _, twice := out[id]; twice {
				panic("authz: operation twice in the table: " + id)
			}
			out[id] = n
		}
	}
	return out
}
