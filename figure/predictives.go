package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/study"
)

// predictives draws the data over what both fits of a study and its prior predict.
func (d *Drawing) predictives(ctx context.Context, name string) (*calibration, error) {
	c, err := d.calibrate(ctx, name)
	if err != nil {
		return nil, err
	}
	c.each(func(who string, r *study.Result) {
		d.add(who, fmt.Sprintf("Data with the posterior-predictive median, 50 %% and 90 %% bands, fitted by %s; the prior's pale.", who), pictureOf(r, "predictive"))
	})
	d.describeFits(c)
	d.differFits()
	return c, nil
}
