package organisation

import "testing"

func TestOneOrganisationInManySpellings(t *testing.T) {
	t.Parallel()
	for _, p := range [][2]string{
		{"Gaviota Labs", "GAVIOTA LABS, S.L."}, {"Gaviota Labs S. L. U.", "gaviota labs slu"}, {"Telefónica, S.A.", "Telefonica"},
		{"Peñalabra Energía Sociedad Limitada", "penalabra energia"}, {"Gómez y Pérez, S.C.", "Gomez & Perez"}, {"Agua Clara, S. Coop.", "Agua Clara"},
		{"Cooperativa Maruca, Sociedad Cooperativa", "cooperativa maruca"}, {"Universidad de Cantabria", "UNIVERSIDAD DE CANTABRIA (UNICAN)"},
		{"Gull Inc.", "GULL, Inc"}, {"Gull Systems Ltd", "Gull Systems Limited"}, {"The Gull Company", "Gull Co."}, {"Gull Motor Co., Ltd.", "Gull Motor Corporation"},
		{"O’Neill Analytics LLC", "ONeill Analytics"}, {"I.B.M.", "IBM Corp."}, {"Gull & Sons GmbH & Co. KG", "Gull and Sons"}, {"Gabbiano S.p.A.", "Gabbiano SpA"}, {"Gull-Labs", "GullLabs"},
		{"株式会社かもめ", "かもめ"}, {"（株）かもめ", "かもめ株式会社"}, {"㈱かもめ", "かもめ"}, {"㍿かもめ", "かもめ"}, {"ｶﾓﾒﾗﾎﾞ合同会社", "カモメラボ"}, {"カモメ・ラボ", "カモメラボ"},
		{"国立大学法人 東京湾大学", "東京湾大学"}, {"学校法人慶西学園", "慶西学園"}, {"ＮＰＯ法人 海の目", "特定非営利活動法人海の目"}, {"Ｇｕｌｌ　Ｌａｂｓ　株式会社", "gull labs"},
		{"Kamome K.K.", "Kamome Kabushiki Kaisha"}, {"湘南データ（Shonan Data）", "Shonan Data Inc."}, {"Shonan Data (湘南データ)", "株式会社湘南データ"}, {"茅ヶ崎工房", "茅ケ崎工房"},
	} {
		if !Same(p[0], p[1]) || !Same(p[1], p[0]) {
			t.Errorf("%q %v and %q %v are one", p[0], Keys(p[0]), p[1], Keys(p[1]))
		}
	}
}

func TestFalseFriendsAreTwo(t *testing.T) {
	t.Parallel()
	for _, p := range [][2]string{
		{"Gaviota", "Gaviota Labs"}, {"Banco de Santander", "Santander"}, {"Universidad de Cantabria", "Universidad de Cádiz"}, {"Fundación Marea", "Marea S.L."},
		{"Gull", "Gullwing"}, {"Smart Ag", "Smart Ltd"}, {"Smart Ag", "Smart AG"}, {"Thermal Spa", "Thermal S.A."}, {"Sas Institute", "Institute"}, {"The Bread Company", "Bread Ltd"},
		{"Limited", "Incorporated"}, {"Company", "S.L."}, {"Inc Software", "Software"}, {"Cantabria Systems (CS)", "Costa Sistemas (CS)"}, {"Nova (ICE)", "Ice"}, {"Gull and", "Gull"},
		{"東芝丘", "東芝丘テック"}, {"湘南大学", "湘南大学出版会"}, {"ハス", "バス"}, {"ホール", "ボール"}, {"びよういん", "びょういん"}, {"株式会社", "合同会社"}, {"海の目", "海の日"}, {"", "株 式"}, {"!", "?"},
	} {
		if Same(p[0], p[1]) {
			t.Errorf("%q %v and %q %v are two", p[0], Keys(p[0]), p[1], Keys(p[1]))
		}
	}
}

func TestTheNameInAWebsite(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://www.gaviota-labs.es/en": "gaviotalabs", "http://gull.co.jp": "gull", "https://lab.kamome.ac.jp:8080/a?b": "kamome", "https://gull.com.es": "gull", "https://com.gull.es": "gull", "https://GULL.example.": "gull",
		"https://facebook.com/gull": "", "https://gull.github.io": "", "https://gull.wordpress.com": "", "https://note.com/gull": "", "https://uc.es": "", "https://127.0.0.1": "", "https://localhost": "", "": "", "gull": "", "https://xn--8ck7c.jp": "",
	} {
		if got := Site(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
