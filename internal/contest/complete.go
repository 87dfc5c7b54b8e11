package contest

import (
	"fmt"
	"strings"
	"time"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Missing lists what keeps a challenge from being sent for approval, as fields of the challenge:
// /texts/<section>, /criteria…, /testbedIds and /dates….
func (d Dossier) Missing() []fault.Field {
	var v fault.Check
	d.checkTexts(&v)
	d.checkCriteria(&v)
	d.checkForm(&v)
	d.checkEligibility(&v)
	v.That(d.TermsKey != "", "/termsTemplate", "required")
	for _, p := range d.Edition.Prizes {
		if p.Kind == "testbed" && len(d.Testbeds) == 0 {
			v.That(false, "/testbedIds", "required")
			break
		}
	}
	checkOrder(&v, d.Dates)
	v.That(d.Now.Before(d.Dates.Closes.Add(-time.Minute)), "/dates/closesAt", "in_the_past")
	if f, ok := fault.As(v.Err()); ok {
		return f.Fields
	}
	return []fault.Field{}
}

func (d Dossier) checkTexts(v *fault.Check) {
	t := d.Texts[d.Language]
	for _, s := range programmeTemplate().Sections {
		text := t.Sections[s.Key]
		switch s.Key {
		case "title":
			text = t.Title
		case "summary":
			text = t.Summary
		}
		at := "/texts/" + s.Key
		v.That(!s.Required || strings.TrimSpace(text) != "", at, "required")
		v.That(lang.Characters(text) <= s.Limit, at, "too_long", "max", s.Limit)
	}
}

func (d Dossier) checkCriteria(v *fault.Check) {
	v.That(len(d.Rubric) > 0, "/criteria", "required")
	sum := 0
	for i, c := range d.Rubric {
		at := fmt.Sprintf("/criteria/%d", i)
		sum += c.Weight
		v.That(c.Weight > 0, at+"/weight", "too_small", "min", 1)
		v.That(c.Name[d.Language] != "", at+"/name", "required")
		for score := c.Lowest; score <= c.Highest; score++ {
			n := score - c.Lowest
			v.That(n < len(c.Anchors) && c.Anchors[n][d.Language] != "", fmt.Sprintf("%s/anchors/%d", at, n), "required", "score", score)
		}
	}
	v.That(len(d.Rubric) == 0 || sum == 100, "/criteria", "weights_sum", "sum", sum)
}
