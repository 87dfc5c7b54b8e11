package entryapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/httpapi/oapi/common"
)

func TestFromTeamToReceipt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana := s.person("First Owner")
	form := map[string]any{"name": "空気ラボ", "latinName": "Kuki Lab", "kind": "startup", "country": "JP"}
	team := want[common.Team](s, 201, ana, "POST", "/teams", form, "Idempotency-Key", "t1")
	if again := want[common.Team](s, 201, ana, "POST", "/teams", form, "Idempotency-Key", "t1"); again.Id != team.Id {
		t.Error("the same key made two teams")
	}
	edited := want[common.Team](s, 200, ana, "PATCH", "/teams/"+team.Id.String(), map[string]any{"city": "藤沢市"}, "If-Match", `"1"`)
	if edited.City != "藤沢市" || edited.Version != 2 || !edited.Members[0].You {
		t.Errorf("%+v", edited)
	}
	if res, b := s.call(ana, "PATCH", "/teams/"+team.Id.String(), map[string]any{"city": "x"}, "If-Match", `"1"`); res.StatusCode != 412 {
		t.Errorf("stale: %d %s", res.StatusCode, b)
	}
	start := map[string]any{"teamId": team.Id, "language": "ja"}
	e := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", start, "Idempotency-Key", "e1")
	if again := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", start, "Idempotency-Key", "e1"); again.Id != e.Id {
		t.Error("the same key made two entries")
	}
	if p := want[common.Problem](s, 409, ana, "POST", "/challenges/"+s.c.Slug+"/entries", start); p.Code != "entry.one_per_team" {
		t.Errorf("second: %+v", p)
	}
	at := "/entries/" + e.Id.String()
	saved := want[common.AnswersSaved](s, 200, ana, "PATCH", at+"/answers", map[string]any{"answers": []any{
		map[string]any{"fieldId": s.c.Fields["title"], "value": "きれいな空気", "version": 0},
		map[string]any{"fieldId": s.c.Fields["summary"], "value": "街灯のセンサー", "version": 0},
		map[string]any{"fieldId": s.c.Fields["stage"], "value": "pilot", "version": 0}}})
	if len(saved.Saved) != 3 || len(saved.Missing) != 1 {
		t.Errorf("%+v", saved)
	}
	if p := want[common.Problem](s, 422, ana, "POST", at+"/submit", nil); p.Code != "entry.incomplete" || len(*p.Errors) != 1 || (*p.Errors)[0].Pointer != "/fields/pitch" {
		t.Errorf("%+v", p)
	}
	s.upload(ana, e.Id, "pitch", "提案.pdf", "application/pdf", tinyPDF)
	sent := want[common.Entry](s, 200, ana, "POST", at+"/submit", nil, "Idempotency-Key", "s1")
	if sent.Status != "submitted" || sent.LastSubmission.Number != 1 || sent.Next.What != "closes" || !strings.HasPrefix(sent.Reference, "FT-") {
		t.Errorf("%+v", sent)
	}
	if p := want[common.Problem](s, 409, ana, "GET", at+"/receipt", nil); p.Code != "entry.receipt_pending" {
		t.Errorf("%+v", p)
	}
	mine := want[common.MyEntryList](s, 200, ana, "GET", "/my/entries", nil)
	if len(mine.Items) != 1 || mine.Items[0].Status != "submitted" || mine.NextCursor != nil {
		t.Errorf("%+v", mine)
	}
	if v := want[common.Entry](s, 200, ana, "POST", at+"/withdraw", nil); v.Status != "withdrawn" {
		t.Errorf("%+v", v.Status)
	}
	if v := want[common.Entry](s, 200, ana, "POST", at+"/revive", nil); v.Status != "submitted" || v.LastSubmission.Number != 2 {
		t.Errorf("%+v", v.LastSubmission)
	}
}

// What somebody may not see answers with the same bytes as what does not exist.
func TestForeignThingsDoNotExist(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana, bob := s.person("First Owner"), s.person("Second Owner", authz.Grant{Role: authz.Admin, Kind: authz.Installation})
	team := want[common.Team](s, 201, ana, "POST", "/teams", map[string]any{"name": "A", "kind": "group", "country": "ES"})
	e := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", map[string]any{"teamId": team.Id, "language": "es"})
	f := s.upload(ana, e.Id, "pitch", "a.pdf", "application/pdf", tinyPDF)
	answers := map[string]any{"answers": []any{map[string]any{"fieldId": s.c.Fields["title"], "value": "x", "version": 0}}}
	for _, c := range []struct {
		method, path string
		id           uuid.UUID
		body         any
	}{
		{"GET", "/teams/%s", team.Id, nil}, {"PATCH", "/teams/%s", team.Id, map[string]any{}},
		{"POST", "/teams/%s/invitations", team.Id, map[string]any{"email": "x@example.org", "role": "team_owner"}},
		{"GET", "/entries/%s", e.Id, nil}, {"PATCH", "/entries/%s/answers", e.Id, answers}, {"POST", "/entries/%s/submit", e.Id, nil},
		{"POST", "/entries/%s/withdraw", e.Id, nil}, {"POST", "/entries/%s/revive", e.Id, nil}, {"GET", "/entries/%s/receipt", e.Id, nil},
		{"POST", "/entries/%s/files", e.Id, map[string]any{"fieldId": s.c.Fields["pitch"], "name": "a", "size": 1, "type": "application/pdf"}},
		{"GET", "/files/%s/upload", f.Id, nil}, {"POST", "/files/%s/parts", f.Id, map[string]any{"numbers": []int{1}}},
		{"POST", "/files/%s/complete", f.Id, nil}, {"DELETE", "/files/%s", f.Id, nil}, {"POST", "/files/%s/link", f.Id, map[string]any{"disposition": "view"}},
	} {
		there, a := s.call(bob, c.method, fmt.Sprintf(c.path, c.id), c.body, "If-Match", `"1"`)
		not, b := s.call(bob, c.method, fmt.Sprintf(c.path, uuid.New()), c.body, "If-Match", `"1"`)
		if there.StatusCode != http.StatusNotFound || not.StatusCode != http.StatusNotFound || !bytes.Equal(a, b) {
			t.Errorf("%s %s: %d %s; absent: %d %s", c.method, c.path, there.StatusCode, a, not.StatusCode, b)
		}
		if out, b := s.call("", c.method, fmt.Sprintf(c.path, c.id), c.body, "If-Match", `"1"`); out.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s signed out: %d %s", c.method, c.path, out.StatusCode, b)
		}
	}
}

func TestOpeningFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana := s.person("First Owner")
	team := want[common.Team](s, 201, ana, "POST", "/teams", map[string]any{"name": "A", "kind": "group", "country": "ES"})
	e := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", map[string]any{"teamId": team.Id, "language": "es"})
	webm := append([]byte("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"), bytes.Repeat([]byte("v"), 9<<20)...)
	f := s.upload(ana, e.Id, "video", "デモ \"a\".webm", "video/webm", webm)
	if f.State != "checking" || f.Sha256 == nil {
		t.Fatalf("%+v", f)
	}
	view := want[common.FileLink](s, 200, ana, "POST", "/files/"+f.Id.String()+"/link", map[string]any{"disposition": "view"})
	res, b := s.call("", "GET", view.Url, nil)
	for name, wantValue := range map[string]string{"Content-Type": "video/webm", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN",
		"Accept-Ranges": "bytes", "Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer"} {
		if got := res.Header.Get(name); got != wantValue {
			t.Errorf("%s: %q, want %q", name, got, wantValue)
		}
	}
	if !bytes.Equal(b, webm) || !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "inline;") {
		t.Errorf("view: %d bytes, %v", len(b), res.Header)
	}
	if res, b = s.call("", "GET", view.Url, nil, "Range", "bytes=9000000-9000009"); res.StatusCode != 206 || string(b) != "vvvvvvvvvv" ||
		res.Header.Get("Content-Range") != fmt.Sprintf("bytes 9000000-9000009/%d", len(webm)) {
		t.Errorf("range: %d %q %v", res.StatusCode, b, res.Header)
	}
	if res, _ = s.call("", "GET", view.Url, nil, "Range", "bytes=99999999-"); res.StatusCode != 416 {
		t.Errorf("beyond: %d", res.StatusCode)
	}
	if res, b = s.call("", "HEAD", view.Url, nil); res.StatusCode != 200 || res.ContentLength != int64(len(webm)) || len(b) != 0 {
		t.Errorf("head: %d %d", res.StatusCode, res.ContentLength)
	}
	save := want[common.FileLink](s, 200, ana, "POST", "/files/"+f.Id.String()+"/link", map[string]any{"disposition": "download"})
	res, _ = s.call("", "GET", save.Url, nil)
	if got := res.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") || !strings.Contains(got, "filename*=UTF-8''%E3%83%87%E3%83%A2") {
		t.Errorf("download: %q", got)
	}
	if res.Header.Get("X-Frame-Options") != "DENY" || !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("download: %v", res.Header)
	}
	for _, path := range []string{"/d" + view.Url[2:], "/v/" + strings.Repeat("A", 75), "/v/x"} {
		if res, b := s.call("", "GET", path, nil); res.StatusCode != 404 {
			t.Errorf("%s: %d %s", path, res.StatusCode, b)
		}
	}
}

// tinyPDF is a whole document of one page with a word on it.
var tinyPDF = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n" +
	"4 0 obj<</Length 80>>stream\n1 0 0 rg 0 0 300 200 re f 0 0 0 rg BT /F1 40 Tf 40 90 Td (FIELDTRIAL) Tj ET      \nendstream endobj\n" +
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
