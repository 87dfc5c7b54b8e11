package contest

import (
	"fmt"

	"github.com/google/uuid"

	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
)

// Question is a yes/no question that every entrant answers. Expected is the answer that lets a team
// take part; Explanation says kindly what another one means. A wrong answer to a blocking question
// keeps the entry from being submitted; to others it only marks it.
type Question struct {
	ID          uuid.UUID
	Key         string
	Text        lang.Text
	Explanation lang.Text
	Expected    bool
	Blocking    bool
}

// checkEligibility asks for every question in the original language.
func (d Dossier) checkEligibility(v *fault.Check) {
	for i, q := range d.Eligibility {
		v.That(q.Text[d.Language] != "", fmt.Sprintf("/eligibility/%d/text", i), "required")
	}
}
