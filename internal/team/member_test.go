package team

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/identity"
	"fieldtrial/internal/testkit"
)

// people opens the identity room as the program does.
func (b *bench) people(t *testing.T) *identity.Service {
	t.Helper()
	react := map[authz.Role]identity.Reaction{}
	for _, r := range authz.TeamRoles {
		react[r] = Joined
	}
	s, err := identity.New(b.db, identity.Config{Secret: bytes.Repeat([]byte("s"), 32), OnAccept: react})
	must(t, err)
	return s
}

// token is what the last invitation to an address opens.
func (b *bench) token(t *testing.T, email string) string {
	t.Helper()
	var link string
	must(t, b.db.Pool().QueryRow(t.Context(), `select params -> 'url' ->> 'secret' from notices
		where kind = 'team-invitation' and email = $1 order by id desc limit 1`, email).Scan(&link))
	_, token, _ := strings.Cut(link, "#")
	return token
}

func TestAnInvitationIsMailedAgainTakenBackAndAccepted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	people := b.people(t)
	v, err := b.Invite(t.Context(), b.owner, b.team, invitation("new@example.org", authz.TeamEditor))
	must(t, err)
	id, first := v.Invitations[0].ID, b.token(t, "new@example.org")
	if _, err := b.Resend(t.Context(), b.owner, b.team, id); !errors.Is(err, identity.ErrSentEnough) {
		t.Errorf("a moment later: %v", err)
	}
	testkit.Exec(t, b.db, `update invitations set sent_at = sent_at - interval '2 minutes', expires_at = clock_timestamp() - interval '1 second'`)
	if v, err = b.Get(t.Context(), b.owner, b.team); err != nil || !v.Invitations[0].Expired {
		t.Errorf("expired: %+v %v", v.Invitations, err)
	}
	if v, err = b.Resend(t.Context(), b.owner, b.team, id); err != nil || v.Invitations[0].Expired || time.Until(v.Invitations[0].ExpiresAt) < 13*24*time.Hour {
		t.Fatalf("again: %+v %v", v.Invitations, err)
	}
	if _, err := people.Look(t.Context(), first, "x"); !errors.Is(err, identity.ErrNoInvitation) {
		t.Errorf("the old link: %v", err)
	}
	second := b.token(t, "new@example.org")
	if second == first {
		t.Fatal("the same link again")
	}
	// Somebody without an account makes one by accepting.
	_, session, err := people.Accept(t.Context(), authz.Actor{}, second, identity.Acceptance{Name: "Nueva", Password: "correct horse battery"}, "x", "")
	if err != nil || session == nil {
		t.Fatalf("accepted: %v", err)
	}
	if v, err = b.Get(t.Context(), b.owner, b.team); err != nil || len(v.Members) != 2 || v.Members[1].Role != authz.TeamEditor || len(v.Invitations) != 0 {
		t.Errorf("%+v %v", v.Members, err)
	}
	if _, err := b.Resend(t.Context(), b.owner, b.team, id); !errors.Is(err, identity.ErrAccepted) {
		t.Errorf("accepted, again: %v", err)
	}
	if _, err := b.Invite(t.Context(), b.owner, b.team, invitation(" NEW@example.org ", authz.TeamViewer)); !errors.Is(err, ErrMember) {
		t.Errorf("a member: %v", err)
	}

	v, err = b.Invite(t.Context(), b.owner, b.team, invitation("back@example.org", authz.TeamViewer))
	must(t, err)
	if v, err = b.Revoke(t.Context(), b.owner, b.team, v.Invitations[0].ID); err != nil || len(v.Invitations) != 0 {
		t.Errorf("taken back: %+v %v", v.Invitations, err)
	}
	if _, _, err := people.Accept(t.Context(), authz.Actor{}, b.token(t, "back@example.org"), identity.Acceptance{Name: "X", Password: "correct horse battery"}, "x", ""); !errors.Is(err, identity.ErrRevoked) {
		t.Errorf("taken back, accepted: %v", err)
	}
	// An invitation of another team is not there.
	other := newTeamOf(t, b, "Otra")
	if _, err := b.Revoke(t.Context(), other, other.IDs(authz.Team, authz.TeamOwner)[0], id); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("another team's: %v", err)
	}
}

func newTeamOf(t *testing.T, b *bench, name string) authz.Actor {
	t.Helper()
	a := testkit.Person(t, b.db, name)
	_, err := b.Create(t.Context(), a, Form{Name: "Team of " + name, Kind: "startup", Country: "JP"})
	must(t, err)
	return b.again(t, a)
}

func TestOfSeveralRolesTheHighestStays(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	people := b.people(t)
	ken := testkit.Person(t, b.db, "Ken")
	for _, r := range []authz.Role{authz.TeamSubmitter, authz.TeamViewer} {
		_, err := b.Invite(t.Context(), b.owner, b.team, invitation("other"+string(r)+"@example.org", r))
		must(t, err)
		_, _, err = people.Accept(t.Context(), ken, b.token(t, "other"+string(r)+"@example.org"), identity.Acceptance{}, "x", "")
		must(t, err)
	}
	if n := b.count(t, `select count(*) from grants where person_id = $1`, ken.PersonID); n != 1 || !b.again(t, ken).May(authz.SubmitEntry, authz.Scope{Team: b.team}) {
		t.Errorf("%d roles", n)
	}
}

func TestWhatEachRightAllows(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	here := authz.Scope{Team: b.team}
	for role, want := range map[authz.Role][5]bool{ // see, edit, submit, withdraw, change the team
		authz.TeamViewer:    {true, false, false, false, false},
		authz.TeamEditor:    {true, true, false, false, false},
		authz.TeamSubmitter: {true, true, true, true, false},
		authz.TeamOwner:     {true, true, true, true, true},
	} {
		a := b.join(t, "Member "+string(role), role)
		for i, action := range []authz.Action{authz.SeeEntry, authz.EditEntry, authz.SubmitEntry, authz.WithdrawEntry, authz.EditTeam} {
			if a.May(action, here) != want[i] {
				t.Errorf("%s, %s: %v", role, action, !want[i])
			}
		}
	}
}

func TestRightsChangeAndMembersGo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ken := b.join(t, "Ken Mori", authz.TeamViewer)
	v, err := b.SetRole(t.Context(), b.owner, b.team, ken.PersonID, authz.TeamSubmitter)
	if err != nil || v.Members[1].Role != authz.TeamSubmitter || !b.again(t, ken).May(authz.SubmitEntry, authz.Scope{Team: b.team}) {
		t.Fatalf("%+v %v", v.Members, err)
	}
	for name, err := range map[string]error{
		"own rights": second(b.SetRole(t.Context(), ken, b.team, ken.PersonID, authz.TeamEditor)),
		"others":     b.Remove(t.Context(), ken, b.team, b.owner.PersonID),
	} {
		if !errors.Is(err, fault.ErrForbidden) {
			t.Errorf("a member, %s: %v", name, err)
		}
	}
	if _, err := b.SetRole(t.Context(), b.owner, b.team, ken.PersonID, authz.TeamOwner); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("an owner without having accepted: %v", err)
	}
	if _, err := b.SetRole(t.Context(), b.owner, b.team, b.owner.PersonID, authz.TeamViewer); !errors.Is(err, ErrLastOwner) {
		t.Errorf("the last owner's rights: %v", err)
	}
	if err := b.Remove(t.Context(), b.owner, b.team, b.owner.PersonID); !errors.Is(err, ErrLastOwner) {
		t.Errorf("the last owner leaves: %v", err)
	}
	stranger := testkit.Person(t, b.db, "Stranger")
	if err := b.Remove(t.Context(), stranger, b.team, ken.PersonID); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	must(t, b.Remove(t.Context(), b.owner, b.team, ken.PersonID))
	// The same session, at its next request.
	if _, err := b.Get(t.Context(), b.again(t, ken), b.team); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("removed, and still in: %v", err)
	}
	eva := b.join(t, "Eva", authz.TeamEditor)
	must(t, b.Remove(t.Context(), eva, b.team, eva.PersonID))
	if n := b.count(t, `select count(*) from grants where scope_id = $1`, b.team); n != 1 {
		t.Errorf("%d members left", n)
	}
}

func second[T any](_ T, err error) error { return err }

func TestTwoOwnersDoNotLeaveAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	two := []authz.Actor{b.owner, b.join(t, "Second", authz.TeamOwner)}
	var gone atomic.Int32
	var wg sync.WaitGroup
	for _, a := range two {
		wg.Go(func() {
			switch err := b.Remove(t.Context(), a, b.team, a.PersonID); {
			case err == nil:
				gone.Add(1)
			case !errors.Is(err, ErrLastOwner):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if gone.Load() != 1 {
		t.Errorf("%d left", gone.Load())
	}
}

func TestOwnershipGoesToWhoAccepts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ken, eva := b.join(t, "Ken Mori", authz.TeamViewer), b.join(t, "Eva", authz.TeamEditor)
	v, err := b.Offer(t.Context(), b.owner, b.team, ken.PersonID)
	if err != nil || v.Transfer == nil || v.Transfer.ToName != "Ken Mori" {
		t.Fatalf("%+v %v", v.Transfer, err)
	}
	if n := b.count(t, `select count(*) from notices where kind = 'team-transfer' and person_id = $1`, ken.PersonID); n != 1 {
		t.Errorf("%d mails", n)
	}
	if _, err := b.Offer(t.Context(), b.owner, b.team, eva.PersonID); !errors.Is(err, ErrTransferOpen) {
		t.Errorf("to two at once: %v", err)
	}
	if _, err := b.Answer(t.Context(), eva, b.team, true); !errors.Is(err, ErrNoTransfer) {
		t.Errorf("accepted by somebody else: %v", err)
	}
	if v, err := b.Get(t.Context(), eva, b.team); err != nil || v.Transfer != nil {
		t.Errorf("shown to somebody else: %+v %v", v.Transfer, err)
	}
	if !b.again(t, b.owner).Has(authz.TeamOwner, authz.Scope{Team: b.team}) {
		t.Error("an offer alone changed the owner")
	}
	if v, err = b.Answer(t.Context(), b.again(t, ken), b.team, true); err != nil || v.Transfer != nil {
		t.Fatalf("%+v %v", v.Transfer, err)
	}
	roles := map[uuid.UUID]authz.Role{}
	for _, m := range v.Members {
		roles[m.PersonID] = m.Role
	}
	if roles[ken.PersonID] != authz.TeamOwner || roles[b.owner.PersonID] != authz.TeamSubmitter || len(v.Members) != 3 {
		t.Errorf("%+v", v.Members)
	}
	ken = b.again(t, ken)
	for end, act := range map[string]func() (Team, error){
		"declined":   func() (Team, error) { return b.Answer(t.Context(), eva, b.team, false) },
		"taken back": func() (Team, error) { return b.Withdraw(t.Context(), ken, b.team) },
	} {
		if _, err := b.Offer(t.Context(), ken, b.team, eva.PersonID); err != nil {
			t.Fatalf("%s: %v", end, err)
		}
		if _, err := act(); err != nil {
			t.Errorf("%s: %v", end, err)
		}
		if _, err := b.Answer(t.Context(), eva, b.team, true); !errors.Is(err, ErrNoTransfer) {
			t.Errorf("%s, then accepted: %v", end, err)
		}
	}
	// An offer to somebody who goes is void, and one that has expired makes way.
	_, err = b.Offer(t.Context(), ken, b.team, eva.PersonID)
	must(t, err)
	testkit.Exec(t, b.db, `update team_transfers set expires_at = clock_timestamp() where outcome is null`)
	if _, err := b.Answer(t.Context(), eva, b.team, true); !errors.Is(err, ErrNoTransfer) {
		t.Errorf("expired: %v", err)
	}
	_, err = b.Offer(t.Context(), ken, b.team, eva.PersonID)
	must(t, err)
	must(t, b.Remove(t.Context(), ken, b.team, eva.PersonID))
	if n := b.count(t, `select count(*) from team_transfers where outcome is null`); n != 0 {
		t.Errorf("%d offers to somebody who is gone", n)
	}
}
