package demo

import (
	"fmt"
	"strings"

	"fieldtrial/internal/lang"
)

// lexicon is what entries of one language are made of. Names are put together from parts; they name
// nobody.
type lexicon struct {
	tag             lang.Tag
	first, second   []string
	latinFirst      []string // for scripts other than Latin, beside first
	latinSecond     []string
	join            string
	places          []place
	subject, method []string
	title           string // subject, method
	summary         string // subject, method
	solution        string
	experience      string
	privacy         string
	demonstration   string
	needs           string
	toTeam, toJury  []string
	pdf             []string // headings of the document
}

type place struct{ country, city string }

var lexicons = []lexicon{
	{
		tag: lang.ES, join: " ",
		first:    []string{"Bahía", "Brisa", "Marea", "Ribera", "Faro", "Cala", "Norte", "Cima", "Prado", "Duna", "Sendero", "Abra", "Peña", "Monte", "Río", "Costa", "Arena", "Viento", "Nube", "Raíz"},
		second:   []string{"Sensores", "Movilidad", "Datos", "Urbana", "Labs", "Conecta", "Energía", "Salud", "Robótica", "Abierta", "Verde", "Digital", "Sonora", "Circular", "Solar", "Analítica", "Móvil", "Segura", "Clara", "Viva"},
		places:   []place{{"ES", "Santander"}, {"ES", "Bilbao"}, {"ES", "Valencia"}, {"ES", "Málaga"}, {"MX", "Guadalajara"}, {"CL", "Valparaíso"}, {"CO", "Medellín"}},
		subject:  []string{"la calidad del aire", "el ruido nocturno", "los residuos de las playas", "la movilidad de las personas mayores", "el consumo de agua en parques", "las visitas al centro histórico", "los aparcamientos de bicicletas", "la iluminación de las calles"},
		method:   []string{"sensores de bajo consumo", "cámaras que no guardan imágenes", "una aplicación sin registro", "mapas hechos por el vecindario", "datos abiertos y avisos por voz", "un gemelo digital del barrio", "pequeños robots de reparto", "contadores anónimos"},
		title:    "Conocer mejor %s con %s",
		summary:  "Queremos que la ciudad conozca mejor %[1]s. Para ello usamos %[2]s, que se instalan en un día y no recogen datos personales.",
		solution: "## Qué proponemos\n\nUsamos %[2]s para seguir %[1]s calle a calle. Los datos llegan cada cinco minutos y cualquiera puede consultarlos.\n\n- Instalación en un día\n- Mantenimiento dos veces al año\n- Código y datos abiertos", experience: "Somos %d personas con experiencia en proyectos con ayuntamientos.",
		privacy:       "No se recogen datos personales. Todo se cifra en el dispositivo y se borra a los 30 días.",
		demonstration: "Probaríamos la solución durante %d semanas en dos calles y compararíamos los resultados con los del año anterior.",
		needs:         "Necesitamos postes con corriente y acceso a la red de la ciudad.",
		toTeam:        []string{"La propuesta está bien planteada y el plan de prueba es realista.", "Falta explicar cómo se medirá el efecto en el barrio.", "Buen equipo; convendría detallar el mantenimiento.", "La idea es interesante, aunque el encaje con el banco de pruebas no está claro."},
		toJury:        []string{"", "Parecida a otra candidatura de esta convocatoria.", "Merece una conversación con el equipo."},
		pdf:           []string{"Resumen", "Solución", "Demostración"},
	},
	{
		tag: lang.JA, join: "",
		first:       []string{"潮風", "湘南", "青空", "みどり", "ひかり", "つなぐ", "海辺", "波音", "朝日", "白浜", "若葉", "風車", "灯台", "砂浜", "夕凪", "星空", "桜坂", "川辺", "木漏れ日", "藤棚"},
		latinFirst:  []string{"Shiokaze", "Shonan", "Aozora", "Midori", "Hikari", "Tsunagu", "Umibe", "Namioto", "Asahi", "Shirahama", "Wakaba", "Fusha", "Todai", "Sunahama", "Yunagi", "Hoshizora", "Sakurazaka", "Kawabe", "Komorebi", "Fujidana"},
		second:      []string{"ラボ", "テック", "研究所", "工房", "システムズ", "ネットワーク", "データ", "モビリティ", "ヘルスケア", "センサー", "デザイン", "ロボティクス", "エナジー", "クラウド", "アグリ", "ソリューション", "メディカル", "マップ", "ライト", "コミュニティ"},
		latinSecond: []string{"Lab", "Tech", "Institute", "Works", "Systems", "Network", "Data", "Mobility", "Healthcare", "Sensor", "Design", "Robotics", "Energy", "Cloud", "Agri", "Solution", "Medical", "Map", "Light", "Community"},
		places:      []place{{"JP", "藤沢市"}, {"JP", "横浜市"}, {"JP", "東京都渋谷区"}, {"JP", "京都市"}, {"JP", "福岡市"}, {"JP", "仙台市"}},
		subject:     []string{"海岸のごみ", "高齢の方の外出", "夜間の騒音", "街路の明るさ", "公園の水の使用", "観光客の混雑", "自転車の駐輪", "大気の状態"},
		method:      []string{"低消費電力のセンサー", "画像を保存しないカメラ", "登録のいらないアプリ", "住民がつくる地図", "音声のお知らせ", "まちのデジタルツイン", "小型の配送ロボット", "匿名の計数器"},
		title:       "%[2]sで%[1]sを見える化する取り組み",
		summary:     "%[1]sを、%[2]sによって把握しやすくします。設置は一日で終わり、個人に関する情報は集めません。",
		solution:    "## 提案の内容\n\n%[2]sを用いて、%[1]sを通りごとに調べます。データは5分ごとに届き、どなたでもご覧いただけます。\n\n- 設置は一日\n- 点検は年に二回\n- コードとデータは公開", experience: "自治体との事業経験を持つ%d名のチームです。",
		privacy:       "個人に関する情報は集めません。端末内で暗号化し、30日後に消去します。",
		demonstration: "二つの通りで%d週間試し、前年の結果と比べます。",
		needs:         "電源のある柱と、市のネットワークへの接続が必要です。",
		toTeam:        []string{"課題の捉え方が明確で、実証の計画も現実的です。", "地域への効果をどのように測るか、説明が足りません。", "よいチームですが、維持管理の計画を詳しく示してください。", "着想は興味深いものの、テストベッドとの適合が不明です。"},
		toJury:        []string{"", "ほかの応募と内容が似ています。", "チームに直接話を聞きたい提案です。"},
		pdf:           []string{"概要", "解決策", "実証の方法"},
	},
	{
		tag: lang.EN, join: " ",
		first:    []string{"Harbour", "Tideline", "Lantern", "Meadow", "Beacon", "Quay", "Copper", "Northbank", "Willow", "Granite", "Saltmarsh", "Cobble", "Orchard", "Kestrel", "Foghorn", "Bluebell", "Riverside", "Slate", "Amber", "Heather"},
		second:   []string{"Sensing", "Mobility", "Analytics", "Labs", "Works", "Systems", "Robotics", "Energy", "Health", "Mapping", "Networks", "Acoustics", "Transit", "Commons", "Signals", "Water", "Lighting", "Logistics", "Care", "Civic"},
		places:   []place{{"FR", "Nantes"}, {"DE", "Bremen"}, {"IT", "Torino"}, {"GB", "Leeds"}, {"IE", "Cork"}, {"PT", "Porto"}, {"FI", "Tampere"}, {"KR", "Busan"}, {"NL", "Utrecht"}, {"US", "Portland"}},
		subject:  []string{"air quality", "noise at night", "litter on beaches", "how older people get about", "water use in parks", "crowds in the old town", "bicycle parking", "street lighting"},
		method:   []string{"low-power sensors", "cameras that keep no pictures", "an app without an account", "maps drawn by residents", "open data and spoken notices", "a digital twin of the district", "small delivery robots", "anonymous counters"},
		title:    "Understanding %s with %s",
		summary:  "We help the city to understand %[1]s. We do it with %[2]s, which take a day to install and collect no personal data.",
		solution: "## What we propose\n\nWe use %[2]s to follow %[1]s street by street. Data arrives every five minutes and is open to everyone.\n\n- Installed in a day\n- Serviced twice a year\n- Open code and open data", experience: "We are a team of %d with experience of working with local government.",
		privacy:       "No personal data is collected. Everything is encrypted on the device and deleted after 30 days.",
		demonstration: "We would run the trial for %d weeks in two streets and compare the results with the year before.",
		needs:         "We need posts with power and access to the city's network.",
		toTeam:        []string{"The proposal is clear and the plan for the trial is realistic.", "It does not say yet how the effect on the district will be measured.", "A strong team; please describe how the devices are looked after.", "An interesting idea, but its fit with the testbed is not clear."},
		toJury:        []string{"", "Close to another entry of this contest.", "Worth a conversation with the team."},
		pdf:           []string{"Summary", "Solution", "Demonstration"},
	},
}

// names gives the n-th name of the language and its Latin form, which is empty where it is Latin
// already. No two n have the same.
func (l lexicon) names(n int) (name, latin string) {
	a, b := n%len(l.first), n/len(l.first)%len(l.second)
	again := n / (len(l.first) * len(l.second))
	suffix := ""
	if again > 0 {
		suffix = fmt.Sprintf(" %d", again+1)
	}
	name = l.first[a] + l.join + l.second[b] + suffix
	if l.latinFirst != nil {
		latin = l.latinFirst[a] + " " + l.latinSecond[b] + suffix
	}
	return name, latin
}

func capital(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
