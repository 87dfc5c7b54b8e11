package award

import (
	"context"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/database"
	"fieldtrial/internal/jury"
	"fieldtrial/internal/lang"
)

// Slot is a stay in a testbed of the challenge that can be given. Days are days of the city's
// calendar, both ends included.
type Slot struct {
	ID          uuid.UUID
	TestbedID   uuid.UUID
	TestbedSlug string
	Testbed     lang.Text
	City        jury.Mark
	StartsOn    time.Time
	EndsOn      time.Time
	Capacity    int
	Taken       int // of its parallel places, by awards that stand
}

// Prize is an item of the contest that can be given.
type Prize struct {
	ID   uuid.UUID
	Kind string
	Text lang.Text
}

// offer is what there is to give in a challenge.
type offer struct {
	Slots  []Slot
	Prizes []Prize
}

func (o offer) slot(id uuid.UUID) *Slot {
	for i := range o.Slots {
		if o.Slots[i].ID == id {
			return &o.Slots[i]
		}
	}
	return nil
}

func (o offer) hasPrize(id uuid.UUID) bool {
	for _, p := range o.Prizes {
		if p.ID == id {
			return true
		}
	}
	return false
}

func readOffer(ctx context.Context, q database.Queryer, c contest.Challenge) (offer, error) {
	o := offer{Slots: []Slot{}, Prizes: []Prize{}}
	rows, err := q.Query(ctx, `
		select s.id, t.id, t.slug, t.name, y.id, y.slug, y.name, y.position, y.time_zone, y.country, s.starts_on, s.ends_on, t.capacity,
		       (select count(*) from awards a where a.slot_id = s.id and a.state in ('offered', 'accepted'))
		from challenge_testbeds ct join testbeds t on t.id = ct.testbed_id join slots s on s.testbed_id = t.id
		join cities y on y.id = s.city_id
		where ct.challenge_id = $1 order by s.starts_on, t.slug, s.id`, c.ID)
	if err != nil {
		return o, err
	}
	defer rows.Close()
	for rows.Next() {
		var s Slot
		if err := rows.Scan(&s.ID, &s.TestbedID, &s.TestbedSlug, &s.Testbed, &s.City.ID, &s.City.Slug, &s.City.Name, &s.City.Position,
			&s.City.Zone, &s.City.Country, &s.StartsOn, &s.EndsOn, &s.Capacity, &s.Taken); err != nil {
			return o, err
		}
		o.Slots = append(o.Slots, s)
	}
	if err := rows.Err(); err != nil {
		return o, err
	}
	prizes, err := q.Query(ctx, `select id, kind, text from prizes where contest_id = $1 order by position`, c.ContestID)
	if err != nil {
		return o, err
	}
	defer prizes.Close()
	for prizes.Next() {
		var p Prize
		if err := prizes.Scan(&p.ID, &p.Kind, &p.Text); err != nil {
			return o, err
		}
		o.Prizes = append(o.Prizes, p)
	}
	return o, prizes.Err()
}
