package trust

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"net/http"
	"strings"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/testkit"
)

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// TestHostileFiles uploads what lies about itself, what is infected and what would burst, to the
// running program with a real clamd behind it.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	socket := testkit.Clamd(t, "StreamMaxLength 2000M", "MaxFileSize 100M", "MaxScanSize 200M", "AlertExceedsMax yes")
	p := serve(t, "CLAMD_ADDR="+socket)
	c := testkit.OpenChallenge(t, p.db)
	testkit.Exec(t, p.db, `update form_fields set accept = '["pdf","image","document"]' where challenge_id = $1 and kind = 'file'`, c.Challenge)
	who := p.entrants(t, c, "Files", 1)[0]
	virus := []byte(testkit.EICAR())
	pdf := []byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
	html := []byte("<!doctype html><html><script>alert(1)</script></html>")
	svg := []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`)
	png := picture(50_000, 50_000)
	before := p.rss(t)
	for _, f := range []struct {
		name, typ string
		content   []byte
		want      string // its state in the end
	}{
		{"a.pdf", "application/pdf", pdf, "clean"},
		{"html.pdf", "application/pdf", html, "refused"},
		{"svg.png", "image/png", svg, "refused"},
		{"svg.svg.jpg", "image/jpeg", svg, "refused"},
		{"html.jpg", "image/jpeg", append([]byte("<html>\xff\xd8\xff"), html...), "refused"},
		{"gif.png", "image/png", append([]byte("GIF89a=1;/*"), html...), "refused"},
		{"page.docx", docx, html, "refused"},
		{"zip.docx", docx, zipped("x.html", html), "refused"},
		{"exe.pdf", "application/pdf", append([]byte("MZ\x90\x00"), pdf...), "refused"},
		{"page.pdf", "application/pdf", append(bytes.Clone(html), pdf...), "refused"},
		{"virus.pdf", "application/pdf", append(bytes.Clone(pdf), virus...), "infected"},
		{"virus.docx", docx, office("word/media/x.txt", virus), "infected"},
		{"virus in zip.docx", docx, office("word/embeddings/x.zip", zipped("x.com", virus)), "infected"},
		{"提案書（最終版）.docx", docx, office("word/埋め込み/ウイルス.txt", virus), "infected"},
		{"bomb.docx", docx, office("", bomb()), "not_scanned"},
		{"large.png", "image/png", png, "clean"},
	} {
		begin := time.Now()
		id, a := who.upload(t, c.Fields["pitch"].String(), f.name, f.typ, f.content)
		if took := time.Since(begin); a.status >= 500 || a.status == 0 || took > 2*time.Second {
			t.Errorf("%s in %v: %s", f.name, took, a)
		}
		var state string
		for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
			must(t, p.db.Pool().QueryRow(t.Context(), `select state from files where id = $1`, id).Scan(&state))
			if (state != "checking" && state != "uploading") || time.Now().After(end) {
				break
			}
		}
		if state != f.want {
			t.Errorf("%s is %s, want %s", f.name, state, f.want)
		}
		link := who.post("/files/"+id+"/link", object{"disposition": "view"})
		if opened := link.status == 200; opened != (f.want == "clean" || f.want == "not_scanned") {
			t.Errorf("%s, %s: the team's link answers %s", f.name, state, link)
		}
		if f.want == "clean" {
			who.looksSafe(t, f.name, link)
		}
		if a := who.do("DELETE", "/files/"+id, nil); a.status >= 300 {
			t.Errorf("%s is not removed: %s", f.name, a)
		}
	}
	// Data that a city gives out may be a zip; nobody else gets what was not looked through.
	official := p.person(t, "official", authz.Grant{Role: authz.Official, Kind: authz.City, ID: c.Santander})
	for name, want := range map[string]string{"virus.zip": "infected", "データ.zip": "infected", "bomb.zip": "refused", "page.html": "refused", "picture.svg": "refused"} {
		content := map[string][]byte{"virus.zip": zipped("a/b/x.com", virus), "データ.zip": zipped("実証/データ.txt", virus), "bomb.zip": bomb(), "page.html": html, "picture.svg": svg}[name]
		p.gives(t, official, c, name, content, want)
	}
	if grown := p.rss(t) - before; grown > 200<<20 {
		t.Errorf("the memory grew by %d MB", grown>>20)
	}
}

// upload sends a file of one part to a field and completes it.
func (c caller) upload(t *testing.T, field, name, typ string, content []byte) (id string, last answer) {
	t.Helper()
	var up struct{ File struct{ ID string } }
	var links struct{ Links []struct{ URL string } }
	a := c.post("/entries/"+c.p.entryOf(t, c)+"/files", object{"fieldId": field, "name": name, "size": len(content), "type": typ})
	if a.status != 201 {
		t.Fatalf("%s: %s", name, a)
	}
	a.into(t, &up)
	c.post("/files/"+up.File.ID+"/parts", object{"numbers": list{1}}).into(t, &links)
	c.put(t, links.Links[0].URL, content)
	return up.File.ID, c.post("/files/"+up.File.ID+"/complete", nil)
}

func (p *program) entryOf(t *testing.T, c caller) (id string) {
	t.Helper()
	must(t, p.db.Pool().QueryRow(t.Context(), `select e.id::text from entries e join grants g on g.scope_id = e.team_id where g.person_id = $1`, c.actor.PersonID).Scan(&id))
	return id
}

func (c caller) put(t *testing.T, to string, content []byte) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPut, c.p.url+strings.TrimPrefix(to, c.p.url), bytes.NewReader(content))
	must(t, err)
	if a := c.p.send(req); a.status != 200 {
		t.Fatalf("the part: %s", a)
	}
}

// looksSafe opens a link: the file is no page of this site.
func (c caller) looksSafe(t *testing.T, name string, link answer) {
	t.Helper()
	var l struct{ URL string }
	link.into(t, &l)
	a := caller{p: c.p}.at("GET", strings.TrimPrefix(l.URL, c.p.url), nil)
	h := a.header
	if a.status != 200 || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || strings.Contains(h.Get("Content-Type"), "html") || strings.Contains(h.Get("Content-Type"), "svg") {
		t.Errorf("%s opens as %d %v", name, a.status, h)
	}
}

// gives adds a file to what a challenge gives out and waits for what becomes of it.
func (p *program) gives(t *testing.T, who caller, c testkit.ChallengeRows, name string, content []byte, want string) {
	t.Helper()
	var up struct {
		ID    string
		Links []string
	}
	a := who.post("/manage/challenges/"+c.Challenge.String()+"/resources/files", object{"title": words("Data"), "name": name, "size": len(content)})
	if a.status != 201 {
		t.Fatalf("%s: %s", name, a)
	}
	a.into(t, &up)
	who.put(t, up.Links[0], content)
	if a := who.post("/manage/resources/"+up.ID+"/complete", nil); a.status >= 300 {
		t.Fatalf("%s: %s", name, a)
	}
	var got string
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		must(t, p.db.Pool().QueryRow(t.Context(), `select case when state = 'ready' and not scanned then 'unscanned' else state end from challenge_resources where id = $1`, up.ID).Scan(&got))
		if (got != "checking" && got != "uploading") || time.Now().After(end) {
			break
		}
	}
	if got != want {
		t.Errorf("%s is %s, want %s", name, got, want)
	}
	if a := p.nobody().get("/challenges/" + c.Slug + "/extras"); a.status != 200 || a.has(up.ID) {
		t.Errorf("%s is given out: %s", name, a)
	}
}

func zipped(name string, content []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// office is a word processor's file with one more part in it; without a name, the content is a zip
// whose parts come after the own ones.
func office(name string, content []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, content []byte, method uint16) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			panic(err)
		}
	}
	for _, own := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"} {
		add(own, []byte("<x/>"), zip.Store)
	}
	if name != "" {
		add(name, content, zip.Deflate)
	} else {
		r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			panic(err)
		}
		for _, f := range r.File {
			if err := z.Copy(f); err != nil {
				panic(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// bomb is a zip of 4 MB that holds 4 GiB of nothing. Its one compressed megabyte is repeated as it
// is: each ends where a byte ends and refers to nothing before it.
func bomb() []byte {
	const mega, times = 1 << 20, 4096
	var one bytes.Buffer
	f, _ := flate.NewWriter(&one, flate.BestCompression)
	_, _ = f.Write(make([]byte, mega))
	_ = f.Flush()
	deflated := append(bytes.Repeat(one.Bytes(), times), 3, 0) // the empty last block
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "bomb.txt", Method: zip.Deflate, CRC32: zerosCRC, CompressedSize64: uint64(len(deflated)), UncompressedSize64: mega*times - 1})
	if err == nil {
		_, err = w.Write(deflated)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// zerosCRC is not looked at by whoever gives up before the end.
const zerosCRC = 0

// picture is a PNG that says it is so wide and high, and holds no more than that.
func picture(width, height uint32) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body := append([]byte(kind), data...)
		out = binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	chunk("IDAT", []byte("\x78\x9c\x03\x00\x00\x00\x00\x01"))
	chunk("IEND", nil)
	return out
}
