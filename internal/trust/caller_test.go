package trust

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/crypto/argon2"

	"encoding/base64"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

const password = "four quiet words here"

// cheapHash is a hash of the password that costs nothing to check.
func cheapHash() string {
	salt := []byte("0123456789abcdef")
	sum := argon2.IDKey([]byte(password), salt, 1, 64, 1, 32)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=64,t=1,p=1$%s$%s", argon2.Version, b.EncodeToString(salt), b.EncodeToString(sum))
}

// caller is somebody who talks to the API; without a token it is nobody.
type caller struct {
	p     *program
	name  string
	email string
	actor authz.Actor
	token string
}

// person makes a confirmed account with the roles and signs it in.
func (p *program) person(t testing.TB, name string, grants ...authz.Grant) caller {
	t.Helper()
	c := caller{p: p, name: name, actor: testkit.Person(t, p.db, name, grants...)}
	c.email = c.actor.Email
	testkit.Exec(t, p.db, `update people set password_hash = $2 where id = $1`, c.actor.PersonID, cheapHash())
	return c.signedIn(t)
}

func (c caller) signedIn(t testing.TB) caller {
	t.Helper()
	testkit.Exec(t, c.p.db, `delete from attempts`) // so many people share one address nowhere else
	r := c.p.nobody().post("/auth/sign-in", map[string]any{"email": c.email, "password": password})
	var body struct{ AccessToken string }
	if r.status != 200 || json.Unmarshal(r.body, &body) != nil {
		t.Fatalf("sign in as %s: %d %s", c.email, r.status, r.body)
	}
	c.token = body.AccessToken
	testkit.Exec(t, c.p.db, `update sessions set factor = true where person_id = $1`, c.actor.PersonID) // as officials and jurors must
	return c
}

func (p *program) nobody() caller { return caller{p: p, name: "nobody"} }

// answer is what came back.
type answer struct {
	status int
	body   []byte
	header http.Header
}

// String shows an answer in a failure.
func (a answer) String() string { return fmt.Sprintf("%d %.400s", a.status, a.body) }

// has reports whether the text stands anywhere in the answer, headers included.
func (a answer) has(text string) bool {
	var head strings.Builder
	_ = a.header.Write(&head)
	return strings.Contains(string(a.body), text) || strings.Contains(head.String(), text)
}

// into decodes the answer.
func (a answer) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("%v in %s", err, a)
	}
}

// code is the problem's code.
func (a answer) code() string {
	var p struct{ Code string }
	_ = json.Unmarshal(a.body, &p)
	return p.Code
}

func (c caller) get(path string) answer            { return c.do("GET", path, nil) }
func (c caller) post(path string, body any) answer { return c.do("POST", path, body) }

// do sends a request to the API; body is marshalled unless it is a string. Headers come in pairs.
func (c caller) do(method, path string, body any, headers ...string) answer {
	return c.at(method, "/api/v1"+path, body, headers...)
}

// at is do for any path of the site. A connection that breaks is status 0.
func (c caller) at(method, path string, body any, headers ...string) answer {
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		r = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			panic(err)
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, c.p.url+path, r)
	if err != nil {
		panic(err)
	}
	if r != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	return c.p.send(req)
}

func (p *program) send(req *http.Request) answer {
	res, err := p.http.Do(req)
	if err != nil {
		return answer{body: []byte(err.Error())}
	}
	defer func() { _ = res.Body.Close() }()
	b, _ := io.ReadAll(res.Body)
	return answer{res.StatusCode, b, res.Header}
}

// notFound is the one answer for what is not there; whatever is hidden must give the same bytes.
func (p *program) notFound(t testing.TB, c caller) []byte {
	t.Helper()
	r := c.get("/entries/" + uuid.NewString())
	if r.status != 404 {
		t.Fatalf("what does not exist answers %s", r)
	}
	return r.body
}
