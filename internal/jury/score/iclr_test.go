package score

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// ICLR 2020: 2,561 real entries with the averages and the order that their data set prints. Its column
// "variance" is really the population standard deviation. A checkout without the data says so.
func TestICLR(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../../../../shared/data/real/iclr2020_ratings.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("iclr2020_ratings.csv is not here: this known answer was not tried")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	var entries []uuid.UUID
	var reviews []Review
	place := map[uuid.UUID]int{}
	for i, line := range lines[1:] {
		e := uuid.NewSHA1(uuid.Nil, []byte(line[3]))
		entries, place[e] = append(entries, e), i
		for _, r := range strings.Split(line[4], ",") {
			reviews = append(reviews, Review{Entry: e, Total: number(r)})
		}
	}
	s := Summarise(nil, entries, reviews)
	Rank(s.Rows, 1, nil)
	if len(s.Rows) != 2561 || len(place) != 2561 {
		t.Fatalf("%d rows, %d entries", len(s.Rows), len(place))
	}
	best := math.Inf(1)
	for i, row := range s.Rows {
		line := lines[1+place[row.Entry]]
		if math.Abs(row.Mean-number(line[1])) > 0.00501 {
			t.Errorf("%s: average %v, printed %s", line[2], row.Mean, line[1])
		}
		population := 0.0
		if row.SD != nil {
			population = *row.SD * math.Sqrt(float64(row.Reviews-1)/float64(row.Reviews))
		}
		if math.Abs(population-number(line[5])) > 0.00501 {
			t.Errorf("%s: deviation %v, printed %s", line[2], population, line[5])
		}
		// The same average stands at every place of our order as at that place of theirs.
		if theirs := number(lines[1+i][1]); math.Abs(row.Mean-theirs) > 0.00501 || Round2(row.Mean) > Round2(best) {
			t.Errorf("place %d: %v, in the file %v", i+1, row.Mean, theirs)
		}
		best = row.Mean
	}
}
