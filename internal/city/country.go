package city

import "fieldtrial/internal/lang"

// settings are what follows from a country when a city is added: an admin may change each.
type settings struct {
	region, zone string
	language     lang.Tag
}

// zones has one zone for each country of the European Union and for Japan: the one most cities of
// the country keep.
var zones = map[string]string{
	"AT": "Europe/Vienna", "BE": "Europe/Brussels", "BG": "Europe/Sofia", "CY": "Asia/Nicosia", "CZ": "Europe/Prague",
	"DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
	"FR": "Europe/Paris", "GR": "Europe/Athens", "HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin",
	"IT": "Europe/Rome", "LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga", "MT": "Europe/Malta",
	"NL": "Europe/Amsterdam", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "RO": "Europe/Bucharest", "SE": "Europe/Stockholm",
	"SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "JP": "Asia/Tokyo",
}

func settingsOf(country string) settings {
	zone, known := zones[country]
	switch {
	case country == "JP":
		return settings{"JP", zone, lang.JA}
	case country == "ES":
		return settings{"EU", zone, lang.ES}
	case known:
		return settings{"EU", zone, lang.EN}
	}
	return settings{"other", "UTC", lang.EN}
}
