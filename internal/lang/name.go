package lang

var names = map[Tag]Text{
	EN: {EN: "English", ES: "inglés", JA: "英語"},
	ES: {EN: "Spanish", ES: "español", JA: "スペイン語"},
	JA: {EN: "Japanese", ES: "japonés", JA: "日本語"},
}

// Name is what a language is called in each of the languages.
func Name(t Tag) Text { return names[t] }
