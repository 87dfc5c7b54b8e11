package kpiapi

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/kpi"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

// cut is a connection that breaks after its first bytes.
type cut struct {
	*httptest.ResponseRecorder
	writes int
}

func (c *cut) Write(b []byte) (int, error) {
	if c.writes++; c.writes > 1 {
		return 0, io.ErrClosedPipe
	}
	return c.ResponseRecorder.Write(b)
}

// Half a file must not look like a whole one: once bytes are out, an error ends the connection.
func TestAnExportThatBreaksOffIsAborted(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	p := participation{&server{db: db, log: slog.New(slog.DiscardHandler)}, t.Context(), lang.EN, kpi.Filter{Actor: authz.System}, time.Now()}
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("recovered %v", err)
		}
	}()
	err := p.VisitExportParticipationResponse(&cut{ResponseRecorder: httptest.NewRecorder()})
	t.Errorf("the export went on: %v", err)
}

// What is refused before the first byte is still a problem: nothing was written.
func TestARefusedExportWritesNothing(t *testing.T) {
	t.Parallel()
	db := testkit.DB(t)
	testkit.Programme(t, db)
	w := httptest.NewRecorder()
	p := participation{&server{db: db, log: slog.New(slog.DiscardHandler)}, t.Context(), lang.EN, kpi.Filter{}, time.Now()}
	if err := p.VisitExportParticipationResponse(w); !errors.Is(err, fault.ErrSignIn) || len(w.Header()) > 0 || w.Body.Len() > 0 {
		t.Errorf("%v, %v, %q", err, w.Header(), w.Body)
	}
}
