package schema

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar as days since 1970-01-01 (Arrow date32).
type Date int32

const secondsPerDay = 24 * 60 * 60

// DateOf returns the calendar day on which t falls in t's own time zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDate reads 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("reading the date %q: %w", s, err)
	}
	return DateOf(t), nil
}

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String prints 2006-01-02.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }
