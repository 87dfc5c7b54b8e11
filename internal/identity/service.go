package identity

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/database"
)

// Lifetimes of what opens an account.
const (
	accessLife     = 15 * time.Minute
	defaultIdle    = 30 * 24 * time.Hour
	defaultLife    = 90 * 24 * time.Hour
	rotationGrace  = 10 * time.Second // two tabs may use the same refresh token
	confirmLife    = 48 * time.Hour
	resetLife      = time.Hour
	invitationLife = 14 * 24 * time.Hour
)

// minSecret is the least length of the server's secret in bytes.
const minSecret = 32

// Reaction is what another room does in the transaction that gives a role, such as making a seat.
type Reaction func(tx database.Tx, person uuid.UUID, g authz.Grant) error

// Config is what the service needs. Secret is at least 32 bytes and the same on all replicas and
// after every restart. DemoAllowed is true only while the server listens on loopback alone.
type Config struct {
	Secret      []byte
	DemoAllowed bool
	OnAccept    map[authz.Role]Reaction

	// PublicURL is the scheme and host that people use: passkeys belong to its host.
	PublicURL string
	// SecondFactor says who must have one; "" is FactorsOff.
	SecondFactor FactorRule
	// Idle and Absolute end a session that is not used, and every session; 0 is 30 and 90 days.
	Idle, Absolute time.Duration
	// OIDC is the city's own sign-in; without an issuer there is none.
	OIDC OIDCConfig
}

// Service holds the rules of accounts, sessions, invitations and roles.
type Service struct {
	db         *database.DB
	clock      *clock
	access     []byte // signs access tokens
	refresh    []byte // derives refresh tokens
	codes      []byte // hashes recovery codes
	seal       sealer // tickets between two requests, and secrets at rest
	factors    FactorRule
	idle       time.Duration
	absolute   time.Duration
	rp         *webauthn.WebAuthn
	oidc       *oidcClient // nil: none is configured
	keyID      string
	demo       bool
	onAccept   map[authz.Role]Reaction
	decoyHash  string
	floor      time.Duration // answers that must not tell accounts apart take at least this long
	hashParams argonParams
}

// New prepares the service. The keys of both tokens are derived from the one secret.
func New(db *database.DB, cfg Config) (*Service, error) {
	if len(cfg.Secret) < minSecret {
		return nil, errors.New("identity: the secret must be at least 32 bytes long")
	}
	s := &Service{
		db:         db,
		clock:      &clock{read: db.Now},
		access:     derive(cfg.Secret, "access token"),
		refresh:    derive(cfg.Secret, "refresh token"),
		codes:      derive(cfg.Secret, "recovery codes"),
		factors:    cfg.SecondFactor,
		idle:       cmp.Or(cfg.Idle, defaultIdle),
		absolute:   cmp.Or(cfg.Absolute, defaultLife),
		demo:       cfg.DemoAllowed,
		onAccept:   cfg.OnAccept,
		floor:      150 * time.Millisecond,
		hashParams: defaultArgon,
	}
	var err error
	if s.seal, err = newSealer(derive(cfg.Secret, "tickets")); err != nil {
		return nil, err
	}
	if s.rp, err = relyingParty(cfg.PublicURL); err != nil {
		return nil, err
	}
	if s.oidc, err = newOIDC(cfg.OIDC, cfg.PublicURL); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(s.access)
	s.keyID = hex.EncodeToString(sum[:4])
	s.decoyHash = decoy(s.hashParams)
	return s, nil
}

func derive(secret []byte, purpose string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("fieldtrial: " + purpose))
	return m.Sum(nil)
}
