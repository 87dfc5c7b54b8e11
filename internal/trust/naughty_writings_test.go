package trust

import "time"

// writings are the operations that keep what people write.
var writings = map[string]writing{
	// Accounts
	"register": {who: "nobody", lines: []string{"/name"}, costly: true, sql: `select name from people where email like 'naughty%' order by created_at desc limit 1`,
		body: func(*world, *stage) any {
			return object{"email": unique("naughty") + "@example.org", "language": "en", "password": "an entirely new passphrase", "timeZone": "UTC"}
		}},
	"updateMe": {who: "member", lines: []string{"/name"}, version: `select version from people where email = 'member@example.org'`,
		body: func(*world, *stage) any { return object{"language": "en", "name": "Member"} }},
	"acceptInvitation": {who: "nobody", lines: []string{"/name"}, costly: true, sql: `select name from people where email like 'guest%' order by created_at desc limit 1`,
		body: func(w *world, s *stage) any {
			token := unique("guesttoken")
			w.exec(`insert into invitations (id, email, language, role, scope_kind, scope_id, token_hash, expires_at)
				values (gen_random_uuid(), $1, 'en', 'juror', 'contest', $2, sha256($3), clock_timestamp() + interval '9 days')`, unique("guest")+"@example.org", s.contest, []byte(token))
			return object{"token": token, "password": "an entirely new passphrase", "language": "en", "name": "Guest"}
		}},
	"createInvitation": {who: "admin", lines: []string{"/name"}, read: "/invitations?limit=100", before: []string{`delete from invitations where email like 'asked%'`},
		body: func(_ *world, s *stage) any {
			return object{"email": unique("asked") + "@example.org", "language": "en", "role": "juror", "scopeKind": "contest", "scopeId": s.contest}
		}},
	"makeToken": {who: "member", lines: []string{"/name"}, before: []string{`delete from api_tokens`},
		body: func(*world, *stage) any { return object{"days": 3, "scopes": list{"entries:read"}, "name": "Script"} }},
	"renamePasskey": {who: "member", lines: []string{"/name"}, path: "/me/passkeys/" + passkey, sql: `select name from passkeys`,
		before: []string{`insert into passkeys (id, person_id, name, credential_id, credential) select '` + passkey + `', id, 'Key', 'x', '{}' from people where email = 'member@example.org' on conflict do nothing`}},

	// Teams
	"createTeam": {who: "member", lines: []string{"/name", "/latinName", "/city", "/website"}, before: []string{`delete from grants g using teams t where g.scope_id = t.id and t.source = 'naughty'`, `delete from teams where source = 'naughty'`},
		body: func(*world, *stage) any {
			return object{"name": "Team", "kind": "startup", "country": "ES", "source": "naughty"}
		}},
	"editTeam": {who: "owner", lines: []string{"/name", "/latinName", "/city", "/website"}, version: `select version from teams where id = '{team}'`,
		body: func(*world, *stage) any { return object{"name": "Nube Clara"} }},
	"inviteTeamMember": {who: "owner", lines: []string{"/name"}, sql: `select name from invitations where scope_kind = 'team'`, before: []string{`delete from invitations where scope_kind = 'team'`},
		body: func(*world, *stage) any {
			return object{"email": unique("mate") + "@example.org", "role": "team_viewer", "language": "en"}
		}},
	"claimOrganisation": {who: "owner", lines: []string{"/note"}, before: []string{`delete from team_claims where team_id in (select id from teams where unclaimed)`},
		body: func(*world, *stage) any { return object{} }},
	"refuseClaim": {who: "admin", lines: []string{"/reason"}, before: []string{`update team_claims set decided_at = null, approved = null, decided_by = null, reason = ''`}},

	// Entries
	"saveAnswers": {who: "owner", lines: []string{"/answers/0/value", "/answers/2/value"}, texts: []string{"/answers/1/value"}, read: "/entries/{entry}",
		before: []string{`delete from answers where entry_id = '{entry}'`, `delete from answer_versions where entry_id = '{entry}'`},
		body: func(_ *world, s *stage) any {
			return object{"answers": list{object{"fieldId": s.challenge.Fields["title"], "version": 0, "value": "A"}, object{"fieldId": s.challenge.Fields["summary"], "version": 0, "value": "B"},
				object{"fieldId": s.challenge.Fields["website"], "version": 0, "value": "https://example.org"}}}
		}},
	"startUpload": {who: "owner", file: "/name", lines: []string{"/name"}, before: []string{`delete from files where entry_id = '{entry}' and state = 'uploading'`},
		body: func(_ *world, s *stage) any {
			return object{"fieldId": s.challenge.Fields["pitch"], "name": "pitch.pdf", "size": 1000, "type": "application/pdf"}
		}},

	// Questions
	"askQuestion": {who: "owner", texts: []string{"/text"}, before: []string{`delete from questions where asked_by in (select id from people where name = 'owner') and id <> '{question}'`},
		body: func(*world, *stage) any { return object{"lang": "en", "text": "When?"} }},
	"answerQuestion": {who: "official", texts: []string{"/text"}, version: questionVersion,
		body: func(*world, *stage) any { return object{"lang": "es", "public": true, "text": "Soon."} }},
	"translateQuestion": {who: "official", path: "/manage/questions/{question}/texts/ja", texts: []string{"/question", "/answer"}, version: questionVersion,
		body: func(*world, *stage) any { return object{"question": "When?", "answer": "Soon."} }},
	"hideQuestion": {who: "official", texts: []string{"/reason"}, version: questionVersion, before: []string{`update questions set hidden_at = null, hidden_by = null, hidden_reason = '' where id = '{question}'`}},

	// Challenges being written
	"createChallenge": {who: "official", lines: []string{"/title"}, before: []string{`delete from challenges where slug like 'naughty%'`},
		body: func(w *world, s *stage) any {
			return object{"contestId": s.contest, "leadCityId": w.rows.Santander, "language": "es", "title": "A"}
		}},
	"cloneChallenge": {who: "official", lines: []string{"/title"},
		body: func(w *world, s *stage) any {
			return object{"contestId": s.contest, "leadCityId": w.rows.Santander, "language": "es", "title": "A"}
		}},
	"updateChallenge": {who: "official", stage: "draft", lines: []string{"/tags/0"}, lower: "/tags/0", version: challengeVersion,
		body: func(*world, *stage) any { return object{"tags": list{"air"}} }},
	"putChallengeText": {who: "official", stage: "draft", lines: []string{"/title", "/summary"}, texts: []string{"/problem", "/context", "/success", "/resources", "/eligibility", "/demonstration", "/terms"},
		version: `select coalesce(max(version), 0) from challenge_texts where challenge_id = '{challenge}' and language = 'en'`},
	"putChallengeCriteria": {who: "official", stage: "draft", lines: append(each("/criteria/0/name"), each("/criteria/0/description", "/criteria/0/anchors/0")...), version: challengeVersion,
		body: func(*world, *stage) any { return object{"criteria": list{criterion()}} }},
	"putEligibilityQuestions": {who: "official", stage: "draft", lines: each("/questions/0/text", "/questions/0/explanation"), version: challengeVersion,
		body: func(*world, *stage) any {
			return object{"questions": list{object{"key": "founded", "blocking": true, "expected": true, "text": words("Founded?"), "explanation": words("It must be")}}}
		}},
	"putChallengeForm": {who: "official", stage: "draft", lines: each("/fields/0/label", "/fields/0/hint", "/fields/0/unit", "/fields/1/options/0/label", "/sections/0/label"), version: `select form_version from challenges where id = '{challenge}'`,
		body: func(*world, *stage) any {
			field := func(key, kind string) object {
				return object{"key": key, "kind": kind, "section": "about", "label": words(key), "hint": object{}, "unit": object{}, "required": false, "accept": list{}, "options": list{}, "demonstration": false, "identifying": false, "jurySees": true}
			}
			number, choice := field("size", "number"), field("stage", "choice")
			choice["options"] = list{object{"key": "a", "label": words("A")}, object{"key": "b", "label": words("B")}}
			return object{"sections": list{object{"key": "about", "label": words("About")}}, "fields": list{number, choice}}
		}},
	"returnChallenge": {who: "official", stage: "draft", texts: []string{"/reason"}, sql: `select return_reason from challenges where id = '{challenge}'`,
		before: []string{`update challenges set submitted_at = clock_timestamp(), submitted_by = (select id from people where name = 'official2') where id = '{challenge}'`, `delete from edit_requests where challenge_id = '{challenge}'`}},
	"requestEdit": {who: "official", stage: "draft", texts: []string{"/text"}, before: []string{`update challenges set submitted_at = clock_timestamp(), submitted_by = (select id from people where name = 'official2') where id = '{challenge}'`, `delete from edit_requests where challenge_id = '{challenge}'`},
		body: func(*world, *stage) any { return object{"lang": "en", "section": "problem", "text": "More"} }},
	"requestTranslation": {who: "official", stage: "draft", lines: []string{"/name"}, texts: []string{"/note"}, before: []string{`delete from translation_requests where email like 'tr%'`},
		body: func(*world, *stage) any { return object{"email": unique("tr") + "@example.org", "lang": "ja"} }},
	"createCampaignLink": {who: "official", lines: []string{"/label"}, before: []string{`delete from campaign_links where challenge_id = '{challenge}'`}},
	"addResourceLink": {who: "official", stage: "draft", lines: append(each("/title"), "/url"), before: []string{`delete from challenge_resources where challenge_id = '{challenge}' and title <> '{"en":"Data"}'`},
		body: func(*world, *stage) any { return object{"title": words("Data"), "url": "https://example.org/"} }},
	"addResourceFile": {who: "official", file: "/name", stage: "draft", lines: append(each("/title"), "/name"), before: []string{`delete from challenge_resources where challenge_id = '{challenge}' and kind = 'file'`},
		sql:  `select v from challenge_resources r, lateral (select r.name as v union all select value from jsonb_each_text(r.title)) x where challenge_id = '{challenge}'`,
		body: func(*world, *stage) any { return object{"title": words("Data"), "name": "data.pdf", "size": 10} }},
	"renameResource": {who: "official", stage: "draft", lines: each("/title"), body: func(*world, *stage) any { return object{"title": words("Data")} }},

	// Challenges that are published
	"extendDeadline": {who: "official", before: inTenDays, texts: each("/reason"), sql: `select value from rules_versions, jsonb_each_text(reason) where challenge_id = '{challenge}'`,
		body: func(*world, *stage) any {
			return object{"reason": words("Storm"), "dates": object{"closesAt": later(11), "judgingEndsAt": later(60), "resultsAt": later(90)}}
		}},
	"saveRulesDraft": {who: "official", texts: append(each("/reason"), "/text/sections/terms"), lines: each("/criteria/0/name", "/criteria/0/description", "/criteria/0/anchors/0"),
		version: `select coalesce(max(version), 0) from rules_drafts where challenge_id = '{challenge}'`, read: "/manage/challenges/{challenge}/rules",
		body: func(*world, *stage) any {
			return object{"reason": words("Asked"), "text": object{"sections": object{"terms": "T"}}, "criteria": list{criterion()}}
		}},
	"extendEntry": {who: "official", texts: []string{"/reason"}, before: append([]string{`delete from extensions`}, inTenDays...),
		body: func(_ *world, s *stage) any {
			return object{"reference": s.own.Reference, "until": in(11), "language": "en"}
		}},
	"proposeEarlyOpening": {who: "official", texts: []string{"/reason"}, before: []string{`delete from early_proposals`}, sql: `select reason from early_proposals`,
		body: func(*world, *stage) any { return object{"language": "en"} }},
	"screenEntries": {who: "official", stage: "closed", texts: []string{"/note"}, before: []string{`delete from screenings`, `delete from screening_runs`},
		sql: `select params ->> 'note' from screening_runs`,
		body: func(_ *world, s *stage) any {
			return object{"act": "correct", "entryIds": list{s.own.Entry}, "language": "en", "until": in(2), "fieldIds": list{s.challenge.Fields["summary"]}}
		}},

	// Judging and deciding
	"saveReview": {who: "juror", stage: "judging", before: seated, texts: []string{"/toTeam", "/toJury"}, version: `select version from reviews where id = '{review}'`,
		body: func(*world, *stage) any {
			return object{"language": "en", "scores": list{}, "toTeam": "", "toJury": ""}
		}},
	"recuse": {who: "juror", stage: "judging", texts: []string{"/reason"}, before: seated,
		sql: `select reason from exclusions where entry_id = '{entry}'`},
	"reopenReview": {who: "chair", stage: "locked", texts: []string{"/reason"}, before: append([]string{`update reviews set locked_at = clock_timestamp() where id = '{review}' and locked_at is null`}, seated...), sql: `select reason from review_reopenings`},
	"saveDecision": {who: "official", stage: "locked", texts: []string{"/choices/0/reason", "/choices/0/feedback"}, version: `select coalesce(max(version), 0) from decision_drafts where challenge_id = '{challenge}'`,
		body: func(_ *world, s *stage) any {
			return object{"language": "en", "choices": list{object{"entryId": s.own.Entry, "outcome": "not_selected", "reason": "", "feedback": ""}}}
		}},
	"editSeat": {who: "chair", stage: "judging", lines: []string{"/tags/0"}, version: `select version from seats where id = '{seat}'`, read: "/manage/challenges/{challenge}/assignment",
		body: func(*world, *stage) any { return object{"languages": list{"en"}, "tags": list{"air"}} }},

	// Contests, cities, numbers
	"createContest": {who: "admin", lines: each("/title"), body: func(*world, *stage) any {
		return object{"slug": unique("naughty-"), "timeZone": "UTC", "title": words("A"), "dates": object{"opensAt": in(1), "closesAt": in(30), "judgingEndsAt": in(60), "resultsAt": in(90)}}
	}},
	"updateContest": {who: "admin", lines: each("/title", "/prizes/0/text"), texts: each("/focus", "/howToApply"), version: `select version from contests where id = '{contest}'`,
		body: func(w *world, s *stage) any {
			return object{"blind": false, "bytesGraceHours": 24, "dates": w.datesOf(s), "entryLanguages": list{"en", "es", "ja"}, "focus": words("A"), "howToApply": words("B"), "graceMinutes": 0,
				"prizes": list{object{"kind": "travel", "text": words("Trip")}}, "reviewsPerEntry": 1, "slug": "contest", "standstillDays": 5, "timeZone": "UTC", "title": words("A")}
		}},
	"putContestMails": {who: "admin", texts: each("/mails/0/text"), version: `select version from contests where id = '{contest}'`,
		body: func(*world, *stage) any {
			return object{"mails": list{object{"kind": "entry-received", "text": words("Thanks")}}}
		}},
	"putContestReasons": {who: "admin", lines: each("/reasons/0/label"), version: `select version from contests where id = '{contest}'`,
		body: func(*world, *stage) any { return object{"reasons": list{object{"label": words("Late")}}} }},
	"createCity": {who: "admin", lines: each("/name"), body: func(*world, *stage) any {
		return object{"slug": unique("naughty-"), "country": "ES", "language": "es", "region": "EU", "timeZone": "UTC", "name": words("A")}
	}},
	"updateCity": {who: "admin", lines: each("/name"), version: `select version from cities where slug = 'santander'`,
		body: func(*world, *stage) any { return object{"name": words("Santander")} }},
	"createTestbed": {who: "official", lines: append(each("/name"), "/partner", "/provider"), texts: each("/summary", "/gives/place", "/gives/data", "/gives/devices", "/gives/apis"),
		body: func(w *world, _ *stage) any {
			return object{"slug": unique("naughty-"), "cityIds": list{w.rows.Santander}, "name": words("A")}
		}},
	"updateTestbed": {who: "official", lines: append(each("/name"), "/partner", "/provider"), texts: each("/summary", "/gives/place", "/gives/data", "/gives/devices", "/gives/apis"),
		version: `select version from testbeds where id = (select min(id::text)::uuid from testbeds where id in (select testbed_id from challenge_testbeds where challenge_id = '{challenge}'))`,
		body:    func(*world, *stage) any { return object{"name": words("A")} }},
	"enterMeasurement": {who: "manager", texts: []string{"/evidence", "/note"}, before: []string{`delete from measurements`},
		body: func(*world, *stage) any {
			return object{"measuredOn": time.Now().UTC().Format(time.DateOnly), "value": 3, "evidence": "A list"}
		}},
	"enterBreach":  {who: "admin", texts: []string{"/what", "/measures"}, body: breach},
	"changeBreach": {who: "admin", texts: []string{"/what", "/measures"}, body: breach, version: `select version from breaches order by entered_at limit 1`},
}

func breach(*world, *stage) any {
	return object{"noticedAt": in(-1), "what": "A lost laptop", "gdpr": true, "appi": false, "people": 77, "onPurpose": false}
}
