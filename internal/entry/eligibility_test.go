package entry

import (
	"errors"
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/testkit"
)

func TestEligibilityIsAskedBeforeSubmitting(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	viewer := b.join(t, "Ken Mori", authz.TeamViewer)
	testkit.Exec(t, b.db, `insert into eligibility_questions (id, challenge_id, key, position, question, explanation, expected, blocking) values
		($1, $3, 'staff', 1, '{"es":"¿Trabaja para la ciudad?"}', '{"es":"No puede participar."}', false, true),
		($2, $3, 'insured', 2, '{"es":"¿Tiene seguro?"}', '{"es":"Hará falta antes de la prueba."}', true, false)`, testkit.NewID(), testkit.NewID(), b.c.Challenge)
	id := b.begin(t)
	b.fill(t, b.owner, id)
	refused := func(want map[string]string) {
		t.Helper()
		_, err := b.Submit(t.Context(), b.owner, id)
		f, _ := fault.As(err)
		if !errors.Is(err, ErrNotEligible) || len(f.Fields) != len(want) {
			t.Fatalf("submitted: %v %+v", err, f)
		}
		for _, x := range f.Fields {
			if want[x.Pointer] != x.Code {
				t.Errorf("%s: %s, want %s", x.Pointer, x.Code, want[x.Pointer])
			}
		}
	}
	refused(map[string]string{"/eligibility/staff": "required", "/eligibility/insured": "required"})
	v, err := b.Get(t.Context(), b.owner, id)
	must(t, err)
	if codes(v.Missing) != "[{/eligibility/staff required map[]} {/eligibility/insured required map[]}]" {
		t.Errorf("said before it is tried: %v", v.Missing)
	}
	// With a field that is missing as well, both are named at once.
	if saved := b.save(t, b.owner, id, "title", "", 1); len(saved.Missing) != 3 || saved.Missing[0].Pointer != "/fields/title" {
		t.Errorf("said when it is saved: %v", saved.Missing)
	}
	_, err = b.Submit(t.Context(), b.owner, id)
	if f, _ := fault.As(err); !errors.Is(err, ErrIncomplete) || len(f.Fields) != 3 {
		t.Errorf("both: %v %+v", err, f)
	}
	b.save(t, b.owner, id, "title", "Clean air", 2)
	if err := b.AnswerEligibility(t.Context(), viewer, id, map[string]bool{"staff": false}); !errors.Is(err, fault.ErrForbidden) {
		t.Errorf("answered by who may only read: %v", err)
	}
	if err := b.AnswerEligibility(t.Context(), b.owner, id, map[string]bool{"height": true}); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("an unknown question: %v", err)
	}
	must(t, b.AnswerEligibility(t.Context(), b.owner, id, map[string]bool{"staff": true, "insured": false})) // wrong ones are kept
	list, editable, err := b.EligibilityFor(t.Context(), viewer, id)
	must(t, err)
	if editable || len(list) != 2 || list[0].Key != "staff" || list[0].Answer == nil || list[0].Fits() || list[1].Fits() {
		t.Errorf("kept: %+v, editable %v", list, editable)
	}
	refused(map[string]string{"/eligibility/staff": "not_eligible"})
	must(t, b.AnswerEligibility(t.Context(), b.owner, id, map[string]bool{"staff": false}))
	v, err = b.Submit(t.Context(), b.owner, id) // the other one only marks the entry
	if err != nil || v.Status != StatusSubmitted {
		t.Fatalf("eligible: %v", err)
	}
	b.closeNow(t)
	if err := b.AnswerEligibility(t.Context(), b.owner, id, map[string]bool{"staff": true}); err == nil {
		t.Error("answered after the deadline")
	}
	if list, err = Eligibility(t.Context(), b.db.Pool(), b.c.Challenge, id); err != nil || !list[0].Fits() || list[1].Fits() {
		t.Errorf("after the deadline: %+v %v", list, err)
	}
}
