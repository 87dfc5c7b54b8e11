package contest

import (
	"database/sql/driver"
	"encoding/json"
)

// jsonList is a list of words kept as jsonb; pgx would send a []string as an array.
type jsonList []string

// Value writes the list as JSON.
func (l jsonList) Value() (driver.Value, error) {
	b, err := json.Marshal([]string(l))
	return string(b), err
}
