package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// written returns the page as text.
func written(t *testing.T, p Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPageIsOneSmallFile(t *testing.T) {
	path := filepath.Join(keepDir(t), "page.html")
	if err := samplePage().Save(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 3_000_000 {
		t.Errorf("page of %d bytes", len(data))
	}
	checkBalanced(t, string(data))
	checkOffline(t, string(data))
}

// checkBalanced fails unless all elements of the page are closed in order.
// Scripts and styles are cut out, as they are not markup.
func checkBalanced(t *testing.T, page string) {
	t.Helper()
	page = regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`<(meta|link|img)([^>]*)>`).ReplaceAllString(page, "<$1$2/>")
	page = strings.NewReplacer(" hidden>", ">", "<!DOCTYPE html>", "").Replace(page)
	d := xml.NewDecoder(strings.NewReader(page))
	d.Entity = xml.HTMLEntity
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("page is not well formed: %v", err)
		}
	}
}

// checkOffline fails if a browser would fetch anything.
func checkOffline(t *testing.T, page string) {
	t.Helper()
	rest := strings.ReplaceAll(page, "http://www.w3.org/2000/svg", "")
	for _, bad := range []string{"http://", "https://", "@import", "url(", `src="/`, `href="/`} {
		if i := strings.Index(rest, bad); i >= 0 {
			t.Errorf("page refers outside: %s", rest[i:min(i+60, len(rest))])
		}
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]{0,12})`).FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(m[1], "data:") && !strings.HasPrefix(m[1], "#section-") {
			t.Errorf("page refers to %q", m[1])
		}
	}
}

func TestPageEscapesEveryString(t *testing.T) {
	const evil = `</script><script>alert("1")</script>`
	figure := Predictive{Title: evil, TimeLabel: evil, Time: []float64{1}, Panels: []Observable{{Name: evil, Unit: evil, Data: []float64{1}}}}
	page := written(t, Page{Title: evil, Subtitle: evil, Footer: evil, Sections: []Section{{Title: evil, Blocks: []Block{
		Text(evil), Text("- " + evil), Callout{Title: evil, Text: evil},
		Table{evil, []string{evil}, [][]string{{evil}}, "", evil},
		Settings{evil, []Setting{{evil, evil}}, evil},
		Picture{figure, evil, evil}, Chart{figure, evil, evil},
	}}}})
	if i := strings.Index(page, "<script>alert"); i >= 0 {
		t.Errorf("a string became a script: %s", page[max(0, i-80):i+40])
	}
	if n := strings.Count(page, "</script>"); n != 2 {
		t.Errorf("%d scripts, expected the chart's data and the page's own", n)
	}
	checkBalanced(t, page)
}

func TestPageIsTheSameEachTime(t *testing.T) {
	page := func() string {
		return written(t, Page{Title: "A", Sections: []Section{{"B", []Block{Chart{Predictive: samplePredictive()}}}}})
	}
	if first, second := page(), page(); first != second {
		t.Error("two different pages")
	}
}

func TestPageNamesTheSectionOfAnError(t *testing.T) {
	p := Page{Sections: []Section{{"Results", []Block{Picture{Figure: Predictive{}}}}}}
	var b bytes.Buffer
	err := p.Write(&b)
	if err == nil || !strings.Contains(err.Error(), `section "Results": predictive figure`) || b.Len() > 0 {
		t.Errorf("error %v after %d bytes", err, b.Len())
	}
	if err := (Page{}).Save(filepath.Join(t.TempDir(), "none", "a.html")); err == nil {
		t.Error("no error for a missing folder")
	}
}

func TestPageListsSectionsIfThereAreSeveral(t *testing.T) {
	three := []Section{{Title: "One"}, {Title: "Two"}, {Title: "Three"}}
	if page := written(t, Page{Sections: three}); !strings.Contains(page, `<a href="#section-3">Three</a>`) {
		t.Error("no list of sections")
	}
	if page := written(t, Page{Sections: three[:2]}); strings.Contains(page, "<nav") {
		t.Error("a list of two sections")
	}
}
