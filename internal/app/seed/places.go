package seed

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/city"
	"fieldtrial/internal/lang"
)

func (l *loader) loadCities() error {
	for _, c := range l.content.Cities {
		row := city.City{
			Slug: c.Slug, Name: l.content.Names.Cities[c.Slug], Country: c.Country, Region: c.Region, Zone: c.TimeZone, Language: languageOf(c.Language),
		}
		if err := city.Insert(l.tx, &row); err != nil {
			return err
		}
		l.cities[c.Slug] = row.ID
	}
	for _, m := range l.content.Members {
		slug := strings.ToLower(m["name"])
		if _, joined := l.cities[slug]; joined {
			continue
		}
		if err := l.exec(`insert into city_candidates (slug, name, country, via, local_issues) values ($1,$2,$3,$4,$5)`,
			slug, l.content.Names.Cities[slug], m["country"], m["via"], l.issues(m["local_issues"])); err != nil {
			return err
		}
	}
	return nil
}

// loadTestbeds makes the pilots testbeds. Slots are counted from the day of the contest's results.
func (l *loader) loadTestbeds() error {
	useCases := map[string]int{}
	for _, p := range l.content.Pilots {
		n, err := strconv.Atoi(p["use_case"])
		if err != nil {
			return fmt.Errorf("pilot %s: %w", p["pilot"], err)
		}
		useCases[p["pilot"]] = n
	}
	for _, b := range l.content.Testbeds {
		t := city.Testbed{
			ID: uuid.Must(uuid.NewV7()), Slug: b.Slug, Pilot: b.Pilot, UseCase: useCases[b.Pilot], Partner: b.Partner, Name: b.Name,
			Summary: b.Summary, Gives: b.Gives, Capacity: b.Capacity, Open: b.Open,
		}
		for _, slug := range b.Cities {
			t.Cities = append(t.Cities, l.cities[slug])
		}
		if err := city.InsertTestbed(l.tx, t); err != nil {
			return fmt.Errorf("%s: %w", b.Slug, err)
		}
		l.testbeds[b.Slug] = t.ID
		r := l.dates.results.In(l.zone())
		from := time.Date(r.Year(), r.Month(), r.Day(), 0, 0, 0, 0, time.UTC)
		for _, s := range b.Slots {
			slot := city.Slot{
				ID: uuid.Must(uuid.NewV7()), CityID: l.cities[s.City],
				StartsOn: from.AddDate(0, s.StartMonth, 0), EndsOn: from.AddDate(0, s.EndMonth, -1),
			}
			if err := city.InsertSlot(l.tx, t.ID, slot); err != nil {
				return fmt.Errorf("%s: %w", b.Slug, err)
			}
		}
	}
	return nil
}

// issues puts a list such as "aging; unoccupied housing" into each language.
func (l *loader) issues(list string) lang.Text {
	out := lang.Text{}
	for _, tag := range lang.All {
		words := []string{}
		for _, issue := range strings.Split(list, ";") {
			if name := l.content.Names.LocalIssues[strings.TrimSpace(issue)][tag]; name != "" {
				words = append(words, name)
			}
		}
		between := "; "
		if tag == lang.JA {
			between = "、"
		}
		out[tag] = strings.Join(words, between)
	}
	return out
}
