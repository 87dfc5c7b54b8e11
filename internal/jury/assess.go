package jury

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"fieldtrial/internal/contest"
	"fieldtrial/internal/jury/calibrate"
	"fieldtrial/internal/jury/score"
)

// Assessment is what the reviews that count come to: computed once with the lock, stored with it, and
// computed anew before. All of it but the lottery.
type Assessment struct {
	Order    contest.Order `json:"order"`
	Places   int           `json:"places"` // to be won; 1 where no slots are offered
	Least    int           `json:"least"`  // reviews that an entry needs to be ranked
	PooledSD *float64      `json:"pooledSD,omitempty"`
	Fit      *Fit          `json:"fit,omitempty"` // nil: too few reviews, or all alike
	Split    bool          `json:"split"`         // the entries fall into parts that no juror connects
	Entries  []Assessed    `json:"entries"`
	Jurors   []Strictness  `json:"jurors"`
	Reviews  []Counted     `json:"reviews"`
	Flags    []Flag        `json:"flags"`
	Without  []Without     `json:"without"` // jurors whose reviews decide about a place
}

// Fit is the model's estimate: variances in squared points.
type Fit struct {
	Mean      float64             `json:"mean"`
	Ratios    calibrate.Ratios    `json:"ratios"`
	Variances calibrate.Variances `json:"variances"`
	Criterion float64             `json:"criterion"`
	Alike     bool                `json:"alike"` // no difference between the jurors' strictness was found
}

// Assessed is one entry. What a pointer holds is nil without reviews or without a fit; Worth also for
// entries that are not ranked.
type Assessed struct {
	score.Row
	Calibrated *float64 `json:"calibrated,omitempty"`
	Error      *float64 `json:"error,omitempty"` // standard error of the entry's worth
	Z          *float64 `json:"z,omitempty"`
	Worth      *Worth   `json:"worth,omitempty"`
}

// Worth is how sure an entry's rank is.
type Worth struct {
	Chance   float64 `json:"chance"` // of a place
	Expected float64 `json:"expected"`
	Low      int     `json:"low"` // ranks: nine times of ten it is between these
	High     int     `json:"high"`
}

// Strictness is how many points a juror gives more than the others for the same entries.
type Strictness struct {
	Seat     uuid.UUID `json:"seat"`
	Reviews  int       `json:"reviews"`
	Mean     float64   `json:"mean"` // of the totals this juror gave
	Leniency *float64  `json:"leniency,omitempty"`
	Error    *float64  `json:"error,omitempty"`
}

// Counted is one review that counts.
type Counted struct {
	Entry uuid.UUID `json:"entry"`
	Seat  uuid.UUID `json:"seat"`
	Total float64   `json:"total"`
}

// Flag is a review far from what the entry and the juror would give.
type Flag struct {
	Counted
	Expected float64 `json:"expected"`
	Sigmas   float64 `json:"sigmas"`
}

// Without says who would win a place, and who would lose it, without one juror's reviews.
type Without struct {
	Seat uuid.UUID   `json:"seat"`
	Wins []uuid.UUID `json:"wins"`
	Lose []uuid.UUID `json:"lose"`
}

// basis is what an assessment is made from.
type basis struct {
	order   contest.Order
	places  int
	least   int
	summary score.Summary
	reviews []Counted
	seed    [32]byte
	fit     func(calibrate.Panel) (*calibrate.Model, error)
}

// assess computes everything. The entries compete with each other and with nobody else.
func assess(b basis) Assessment {
	out := Assessment{Order: b.order, Places: b.places, Least: b.least, PooledSD: b.summary.PooledSD,
		Entries: []Assessed{}, Jurors: []Strictness{}, Reviews: b.reviews, Flags: []Flag{}, Without: []Without{}}
	for _, row := range b.summary.Rows {
		out.Entries = append(out.Entries, Assessed{Row: row})
	}
	p := panelOf(b)
	seats := p.seats
	out.Split = p.Split()
	sums := make([]float64, len(seats))
	for _, seat := range seats {
		out.Jurors = append(out.Jurors, Strictness{Seat: seat})
	}
	for _, r := range p.Reviews {
		out.Jurors[r.Juror].Reviews++
		sums[r.Juror] += r.Score
	}
	for j := range out.Jurors {
		out.Jurors[j].Mean = sums[j] / float64(out.Jurors[j].Reviews)
	}
	m, err := b.fit(p.Panel)
	if err != nil {
		m = nil // nothing to fit: means alone
	} else {
		out.add(m, p, b.seed)
	}
	out.decide()
	out.Without = out.leaveOut(m, p)
	return out
}

// decide sets the number that puts the entries in order: the one that was chosen before opening, or
// the mean where nothing could be calibrated.
func (a *Assessment) decide() {
	for i := range a.Entries {
		e := &a.Entries[i]
		e.Official = e.Mean
		if a.Order == contest.ByCalibrated && e.Calibrated != nil {
			e.Official = *e.Calibrated
		}
	}
}

// without is the assessment for a reader who must not see some entries: over the reviews of the
// others alone, so that no number tells of those. The ratios of the variances stay as they were estimated.
func (a Assessment) without(hidden map[uuid.UUID]bool, seed [32]byte) Assessment {
	b := basis{order: a.Order, places: a.Places, least: a.Least, reviews: []Counted{}, seed: seed,
		fit: func(p calibrate.Panel) (*calibrate.Model, error) {
			if a.Fit == nil {
				return nil, calibrate.ErrTooFew
			}
			return calibrate.FitAt(p, a.Fit.Ratios)
		}}
	for _, e := range a.Entries {
		if !hidden[e.Entry] {
			b.summary.Rows = append(b.summary.Rows, e.Row)
		}
	}
	if len(b.summary.Rows) == len(a.Entries) {
		return a
	}
	b.summary.Pool()
	for _, r := range a.Reviews {
		if !hidden[r.Entry] {
			b.reviews = append(b.reviews, r)
		}
	}
	return assess(b)
}

// panel is the reviews by places: entries as in the summary, jurors by seat.
type panel struct {
	calibrate.Panel
	seats []uuid.UUID
}

func panelOf(b basis) panel {
	out := panel{Panel: calibrate.Panel{Pools: 1, Pool: make([]int, len(b.summary.Rows))}}
	entries, seats := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	for i, row := range b.summary.Rows {
		entries[row.Entry] = i
	}
	for _, r := range b.reviews {
		out.seats = append(out.seats, r.Seat)
	}
	slices.SortFunc(out.seats, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	out.seats = slices.Compact(out.seats)
	for j, seat := range out.seats {
		seats[seat] = j
	}
	out.Jurors = len(out.seats)
	for _, r := range b.reviews {
		out.Reviews = append(out.Reviews, calibrate.Review{Entry: entries[r.Entry], Juror: seats[r.Seat], Score: r.Total})
	}
	return out
}

// add writes what the model says.
func (a *Assessment) add(m *calibrate.Model, p panel, seed [32]byte) {
	a.Fit = &Fit{Mean: m.Mean[0], Ratios: m.Ratios, Variances: m.Variances, Criterion: m.Criterion, Alike: m.JurorsAlike()}
	errors, z := m.EntryErrors(), p.ZScores()
	field := calibrate.Field{Slots: a.Places}
	for i := range a.Entries {
		e := &a.Entries[i]
		if e.Reviews == 0 {
			continue
		}
		e.Calibrated, e.Error, e.Z = &m.Score[i], &errors[i], &z[i]
		if a.ranked(i) {
			field.Entries = append(field.Entries, i)
		}
	}
	if sure, err := m.Confidence([]calibrate.Field{field}, calibrate.Draws, seed); err == nil {
		for _, i := range field.Entries {
			c := sure[i]
			a.Entries[i].Worth = &Worth{Chance: c.Chance, Expected: c.Expected, Low: c.Low, High: c.High}
		}
	}
	deviations := m.JurorErrors()
	for j := range a.Jurors {
		a.Jurors[j].Leniency, a.Jurors[j].Error = &m.Juror[j], &deviations[j]
	}
	for _, f := range m.Flags() {
		r := p.Reviews[f.Review]
		a.Flags = append(a.Flags, Flag{Counted: a.Reviews[f.Review], Expected: m.Expected(r.Entry, r.Juror), Sigmas: f.Sigmas})
	}
	slices.SortStableFunc(a.Flags, func(x, y Flag) int { return cmp.Compare(y.Sigmas*y.Sigmas, x.Sigmas*x.Sigmas) })
}

func (a *Assessment) ranked(i int) bool {
	return a.Entries[i].Reviews > 0 && a.Entries[i].Reviews >= a.Least
}
