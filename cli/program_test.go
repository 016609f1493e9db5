package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/models"
)

// Studies can name the program's own losses, and no others.
func TestProgramHandsItsLossesToStudies(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"study.yaml", "ill.csv"} {
		text, err := os.ReadFile(filepath.Join("..", "examples", "ownloss", name))
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.ReplaceAll(text, []byte("name: huber"), []byte("name: hubr"))
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p := Program{Name: "own", Models: models.All(), Losses: []loss.Kind{{Name: "huber"}}}
	var said bytes.Buffer
	code := p.Run([]string{"calibrate", folder}, io.Discard, &said)
	if want := `unknown loss of the program's own "hubr"; did you mean "huber"?; known are huber`; code != 2 || !strings.Contains(said.String(), want) {
		t.Errorf("exit code %d, %s", code, said.String())
	}
}
