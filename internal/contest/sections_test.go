package contest

import (
	"testing"
	"time"

	"fieldtrial/internal/lang"
)

// A reviewer reads which date is which, and in which zone.
func TestDatesInWordsCarryNamesAndZone(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2027, 1, day, 9, 0, 0, 0, time.UTC) }
	d := Dossier{}
	d.Dates = Dates{Opens: at(1), Closes: at(2), JudgingEnds: at(3), Results: at(4)}
	for zone, want := range map[string][2]string{
		"Asia/Tokyo":    {"ja", "- 募集開始：2027年1月1日 18:00 JST\n- 締切：2027年1月2日 18:00 JST\n- 審査終了：2027年1月3日 18:00 JST\n- 結果発表：2027年1月4日 18:00 JST"},
		"Europe/Madrid": {"es", "- Apertura: 2027-01-01 10:00 CET\n- Cierre del plazo: 2027-01-02 10:00 CET\n- Fin de la evaluación: 2027-01-03 10:00 CET\n- Resultados: 2027-01-04 10:00 CET"},
	} {
		d.Zone, d.Language = zone, lang.Tag(want[0])
		if got := d.datesInWords(); got != want[1] {
			t.Errorf("in %s:\n%s\nwanted\n%s", zone, got, want[1])
		}
	}
}
