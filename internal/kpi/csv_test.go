package kpi

import "testing"

func TestSafeCell(t *testing.T) {
	for in, want := range map[string]string{
		"":             "",
		"Acme":         "Acme",
		"=1+1":         "'=1+1",
		"+34 600":      "'+34 600",
		"-cmd":         "'-cmd",
		"@SUM(A1)":     "'@SUM(A1)",
		"\tx":          "'\tx",
		"\rx":          "'\rx",
		"\nx":          "'\nx",
		"＝1+1":         "'＝1+1",
		"＋1":           "'＋1",
		"－1":           "'－1",
		"＠x":           "'＠x",
		"-5":           "-5",
		"-5.25":        "-5.25",
		"-5=A1":        "'-5=A1",
		"藤沢":           "藤沢",
		"a=b":          "a=b",
		"-":            "'-",
		"−1":           "'−1",
		"2020-02-01":   "2020-02-01",
		"\"=1+1\"":     "\"=1+1\"",
		"=HYPERLINK()": "'=HYPERLINK()",
	} {
		if got := safeCell(in); got != want {
			t.Errorf("safeCell(%q) = %q, want %q", in, got, want)
		}
	}
}
