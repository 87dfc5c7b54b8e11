package httpapi

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestBodiesThatReadersWouldTakeDifferently(t *testing.T) {
	e := server(t)
	for name, c := range map[string]struct{ body, field string }{
		"a key twice":            {`{"name":"a","name":"b"}`, "/name:repeated"},
		"a key twice, escaped":   {`{"name":"a","\u006eame":"b"}`, "/name:repeated"},
		"another case":           {`{"name":"a","Name":"b"}`, "/Name:unknown"},
		"NUL":                    {`{"name":"a\u0000"}`, "/name:control"},
		"a control character":    {`{"name":"a\u0007"}`, "/name:control"},
		"half a pair":            {`{"name":"\ud83d"}`, "/name:control"},
		"the other half":         {`{"name":"\ude00"}`, "/name:control"},
		"a half before a letter": {`{"name":"\ud83dx"}`, "/name:control"},
		"a half and a break":     {`{"name":"\ud83d\n"}`, "/name:control"},
		"no UTF-8":               {"{\"name\":\"\xff\"}", "/name:control"},
		"UTF-16 in UTF-8":        {"{\"name\":\"\xed\xa0\xbd\"}", "/name:control"},
	} {
		w := ask(e, "POST", "/things", c.body)
		if w.Code != 422 {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
			continue
		}
		p := problem(t, w)
		if p.Errors == nil || (*p.Errors)[0].Pointer+":"+(*p.Errors)[0].Code != c.field {
			t.Errorf("%s: %+v, want %s", name, p.Errors, c.field)
		}
	}
	for _, good := range []string{`{"name":"a\n\tb"}`, `{"name":"\ud83d\ude00"}`, `{"name":"�"}`, `{"name":"\ufffd"}`, `{"name":"\\ud83"}`} {
		if w := ask(e, "POST", "/things", good); w.Code != 200 {
			t.Errorf("%s: %d %s", good, w.Code, w.Body)
		}
	}
	for _, path := range []string{"/things/%ff", "/things/%00", "/things/%e2%28"} {
		if w := ask(e, "GET", path, ""); w.Code != 404 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := ask(e, "GET", "/things/00000000-0000-0000-0000-000000000000?q=%00", ""); w.Code != 422 || !strings.Contains(w.Body.String(), `"q"`) {
		t.Errorf("NUL in a parameter: %d %s", w.Code, w.Body)
	}
}

func TestPointersOfLists(t *testing.T) {
	for body, want := range map[string]string{
		`{"a":[1,"x",{"b/c":"\u0000"}]}`: "/a/2/b~1c", `["x","\u0000"]`: "/1", `{"a":[[],["\u0000"]],"b":1}`: "/a/1/0",
		strings.Repeat("[", bodyDepth+1): "",
	} {
		err := plainJSON([]byte(body))
		if err == nil || !strings.Contains(err.Error(), "request.invalid") {
			t.Errorf("%s passes: %v", body, err)
			continue
		}
		if f, _ := asFault(err); f.Fields[0].Pointer != want {
			t.Errorf("%s: %+v, want %s", body, f.Fields, want)
		}
	}
	if err := plainJSON([]byte(`{"a":[1,2,{"b":[]}],"b":{"a":1}}`)); err != nil {
		t.Error(err)
	}
}

func TestManyFaultsAreNotAllTold(t *testing.T) {
	e := server(t)
	body := []byte(`{"name":"a"`)
	for i := range 20_000 {
		body = append(body, (`,"k` + strconv.Itoa(i) + `":1`)...)
	}
	body = append(body, '}')
	begin := time.Now()
	p := problem(t, ask(e, "POST", "/things", string(body)))
	if took := time.Since(begin); p.Errors == nil || len(*p.Errors) != mostFaults || took > 2*time.Second {
		t.Errorf("%d faults in %v", len(*p.Errors), took)
	}
	if w := ask(e, "POST", "/things", `{"name":[`+strings.Repeat("1,", bodyValues)+`1]}`); w.Code != 413 {
		t.Errorf("a body of too many values: %d", w.Code)
	}
	twice := `{"cityIds":["x"],"name":{"en":"Words"},"cityIds":["x"]}`
	if err := plainJSON([]byte(twice)); err == nil {
		t.Error("a list that is given twice")
	}
}
