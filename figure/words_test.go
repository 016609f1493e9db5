package figure

import "testing"

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{number(0), "0"}, {number(-0.013579), "−0.0136"}, {number(123456), "123000"},
		{number(2.5e7), "2.5e+07"}, {number(-3.21e-6), "−3.21e−06"}, {number(1), "1"},
		{percent(0.1234), "12 %"}, {percent(0.0001), "0 %"}, {percent(43), "4300 %"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
