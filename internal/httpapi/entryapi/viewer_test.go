package entryapi_test

import (
	"context"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fieldtrial/internal/httpapi/oapi/common"
)

// A PDF must really show in the browser's own viewer, framed by a page of ours with our policy.
// The page of the document is red, so red in the picture is the document on the screen.
func TestPDFShowsInAFrame(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana := s.person("First Owner")
	team := want[common.Team](s, 201, ana, "POST", "/teams", map[string]any{"name": "A", "kind": "group", "country": "ES"})
	e := want[common.Entry](s, 201, ana, "POST", "/challenges/"+s.c.Slug+"/entries", map[string]any{"teamId": team.Id, "language": "es"})
	f := s.upload(ana, e.Id, "pitch", "a.pdf", "application/pdf", tinyPDF)
	view := want[common.FileLink](s, 200, ana, "POST", "/files/"+f.Id.String()+"/link", map[string]any{"disposition": "view"})

	if red := redShare(t, s.URL+"/frame?u="+url.QueryEscape(view.Url)); red < 0.02 {
		t.Errorf("the document covers %.3f of the page", red)
	}
}

// redShare gives how much of a page's picture is plain red.
func redShare(t *testing.T, address string) float64 {
	t.Helper()
	dir := t.TempDir()
	shot := filepath.Join(dir, "page.png")
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--window-size=900,800", "--timeout=15000", "--screenshot="+shot, address)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("chromium: %v: %s", err, out)
	}
	file, err := os.Open(shot)
	must(t, err)
	defer func() { _ = file.Close() }()
	picture, err := png.Decode(file)
	must(t, err)
	if keep := os.Getenv("FIELDTRIAL_KEEP_SHOT"); keep != "" {
		b, _ := os.ReadFile(shot)
		_ = os.WriteFile(keep, b, 0o600)
	}
	size, red := picture.Bounds(), 0
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			if r, g, b, _ := picture.At(x, y).RGBA(); r > 0xe000 && g < 0x3000 && b < 0x3000 {
				red++
			}
		}
	}
	return float64(red) / float64(size.Dx()*size.Dy())
}
