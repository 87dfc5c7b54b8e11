package identity

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
)

// Passkey is one credential of a person, by the name they gave it.
type Passkey struct {
	ID       uuid.UUID
	Name     string
	Created  time.Time
	LastUsed *time.Time
}

// PasskeyAsk is what the browser is asked, in the JSON form of WebAuthn; the ticket comes back with
// the answer.
type PasskeyAsk struct {
	Ticket  string
	Options any
}

// maxPasskeys of one person.
const maxPasskeys = 20

// relyingParty is this site as authenticators know it. They know names only: at an address of numbers,
// as without a public address, passkeys work on localhost alone.
func relyingParty(publicURL string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(publicURL)
	if err != nil || u.Host == "" || net.ParseIP(u.Hostname()) != nil {
		u = &url.URL{Scheme: "http", Host: "localhost"}
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Fieldtrial", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
}

// keyholder is a person as the library sees them.
type keyholder struct {
	id          uuid.UUID
	email, name string
	keys        []webauthn.Credential
}

func (k *keyholder) WebAuthnID() []byte                         { return k.id[:] }
func (k *keyholder) WebAuthnName() string                       { return k.email }
func (k *keyholder) WebAuthnDisplayName() string                { return k.name }
func (k *keyholder) WebAuthnCredentials() []webauthn.Credential { return k.keys }

func (s *Service) keyholder(ctx context.Context, person uuid.UUID) (*keyholder, error) {
	k := &keyholder{id: person}
	if err := s.db.Pool().QueryRow(ctx, `select email, name from people where id = $1 and disabled_at is null`, person).Scan(&k.email, &k.name); err != nil {
		return nil, err
	}
	rows, err := s.db.Pool().Query(ctx, `select credential from passkeys where person_id = $1 order by id`, person)
	if err != nil {
		return nil, err
	}
	k.keys, err = pgx.CollectRows(rows, pgx.RowTo[webauthn.Credential])
	return k, err
}

type passkeyTicket struct {
	Person  uuid.UUID // uuid.Nil where anybody may answer
	Session webauthn.SessionData
}

// AskNewPasskey asks the actor's authenticator for a new passkey.
func (s *Service) AskNewPasskey(ctx context.Context, actor authz.Actor) (PasskeyAsk, error) {
	if err := actor.RequireRecent(); err != nil {
		return PasskeyAsk{}, err
	}
	holder, err := s.keyholder(ctx, actor.PersonID)
	if err != nil {
		return PasskeyAsk{}, err
	}
	if len(holder.keys) >= maxPasskeys {
		return PasskeyAsk{}, ErrPasskeysEnough
	}
	options, session, err := s.rp.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.keys).CredentialDescriptors()))
	if err != nil {
		return PasskeyAsk{}, err
	}
	ticket, err := newTicket(ctx, s, "new passkey", passkeyTicket{actor.PersonID, *session})
	return PasskeyAsk{ticket, options.Response}, err
}

// AddPasskey keeps the passkey that the authenticator made. Recovery codes come with the first factor.
func (s *Service) AddPasskey(ctx context.Context, actor authz.Actor, ticket, name string, credential []byte) ([]string, error) {
	if err := actor.RequireRecent(); err != nil {
		return nil, err
	}
	ctx = plain(ctx)
	name = cleanName(name)
	if err := checkKeyName(name); err != nil {
		return nil, err
	}
	t, err := readTicket[passkeyTicket](ctx, s, "new passkey", ticket)
	if err != nil || t.Person != actor.PersonID {
		return nil, ErrTicket
	}
	holder, err := s.keyholder(ctx, actor.PersonID)
	if err != nil {
		return nil, err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes(credential)
	if err != nil {
		return nil, ErrPasskey.Wrap(err)
	}
	made, err := s.rp.CreateCredential(holder, t.Session, answer)
	if err != nil {
		return nil, ErrPasskey.Wrap(err)
	}
	made.Attestation = webauthn.CredentialAttestation{} // what maker and model it is concerns nobody
	var codes []string
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		if err := spend(tx, ticket); err != nil {
			return err
		}
		kept, err := json.Marshal(made)
		if err != nil {
			return err
		}
		if _, err := tx.Pgx().Exec(ctx, `insert into passkeys (id, person_id, name, credential_id, credential) values ($1,$2,$3,$4,$5)`,
			uuid.Must(uuid.NewV7()), actor.PersonID, name, made.ID, kept); err != nil {
			return err
		}
		codes, err = s.factorAdded(tx, actor, passkeyAdded)
		return err
	})
	return codes, err
}

// AskPasskey asks whichever passkey the browser has for this site.
func (s *Service) AskPasskey(ctx context.Context) (PasskeyAsk, error) {
	options, session, err := s.rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return PasskeyAsk{}, err
	}
	ticket, err := newTicket(ctx, s, "passkey", passkeyTicket{Session: *session})
	return PasskeyAsk{ticket, options.Response}, err
}

// SignInPasskey opens a session for whose passkey answered. It counts as both factors: the
// authenticator checked a finger, a face or a PIN.
func (s *Service) SignInPasskey(ctx context.Context, ticket string, credential []byte, from, agent string) (Session, error) {
	ctx = plain(ctx)
	if ok, err := s.take(ctx, signInsOfAddress, from); err != nil || !ok {
		return Session{}, orTooMany(err)
	}
	var out Session
	err := s.byPasskey(ctx, ticket, credential, func(tx database.Tx, person uuid.UUID) error {
		var err error
		out, err = s.open(tx, person, opening{from: from, agent: agent, method: byPasskey, factor: true})
		return err
	})
	return out, err
}

func (s *Service) provePasskey(ctx context.Context, actor authz.Actor, ticket string, credential []byte) error {
	return s.byPasskey(ctx, ticket, credential, func(tx database.Tx, person uuid.UUID) error {
		if person != actor.PersonID {
			return ErrPasskey
		}
		return proved(tx, actor)
	})
}

// byPasskey checks an authenticator's answer and then does something as its person.
func (s *Service) byPasskey(ctx context.Context, ticket string, credential []byte, do func(database.Tx, uuid.UUID) error) error {
	t, err := readTicket[passkeyTicket](ctx, s, "passkey", ticket)
	if err != nil {
		return err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes(credential)
	if err != nil {
		return ErrPasskey.Wrap(err)
	}
	var holder *keyholder
	used, err := s.rp.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		person, err := uuid.FromBytes(handle)
		if err != nil {
			return nil, err
		}
		holder, err = s.keyholder(ctx, person)
		return holder, err
	}, t.Session, answer)
	if err != nil {
		return ErrPasskey.Wrap(err)
	}
	if used.Authenticator.CloneWarning {
		return ErrPasskey.Wrap(errors.New("the signature counter went back: a copy of the passkey is in use"))
	}
	return s.db.InTx(ctx, func(tx database.Tx) error {
		if err := spend(tx, ticket); err != nil {
			return err
		}
		var demo bool
		err := tx.Pgx().QueryRow(ctx, `select demo from people where id = $1 and disabled_at is null for share`, holder.id).Scan(&demo)
		if database.NotFound(err) {
			return ErrPasskey
		}
		if err != nil {
			return err
		}
		if demo && !s.demo {
			return ErrDemo
		}
		kept, err := json.Marshal(used)
		if err != nil {
			return err
		}
		tag, err := tx.Pgx().Exec(ctx, `update passkeys set credential = $3, last_used_at = clock_timestamp() where credential_id = $1 and person_id = $2`,
			used.ID, holder.id, kept)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return ErrPasskey // removed meanwhile
		}
		return do(tx, holder.id)
	})
}

// RenamePasskey gives one of the actor's passkeys another name.
func (s *Service) RenamePasskey(ctx context.Context, actor authz.Actor, id uuid.UUID, name string) error {
	name = cleanName(name)
	if err := checkKeyName(name); err != nil {
		return err
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, `update passkeys set name = $3 where id = $1 and person_id = $2`, id, actor.PersonID, name)
		if err == nil && tag.RowsAffected() != 1 {
			return fault.ErrNotFound
		}
		return err
	})
}

// RemovePasskey forgets one of the actor's passkeys.
func (s *Service) RemovePasskey(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	if err := actor.RequireRecent(); err != nil {
		return err
	}
	return s.db.InTx(plain(ctx), func(tx database.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, `delete from passkeys where id = $1 and person_id = $2`, id, actor.PersonID)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return fault.ErrNotFound
		}
		return s.factorGone(tx, actor.PersonID, passkeyRemoved)
	})
}

func passkeysOf(ctx context.Context, q database.Queryer, person uuid.UUID) ([]Passkey, error) {
	rows, err := q.Query(ctx, `select id, name, created_at, last_used_at from passkeys where person_id = $1 order by id`, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Passkey])
}

func checkKeyName(name string) error {
	var c fault.Check
	c.That(name != "", "/name", "required")
	c.That(!strings.ContainsFunc(name, hidden), "/name", "control")
	c.That(len([]rune(name)) <= 100, "/name", "too_long", "max", 100)
	return c.Err()
}
