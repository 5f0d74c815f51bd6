package sim

import "fmt"

// addTowns is a county site whose column is split by year, each year lists its towns by name alone, and one report
// stands in a frame of its page.
func addTowns(w *Web) {
	s := w.site("towns.shilou.test")
	s.common("/zfxxgk/nb/")
	towns := []string{"石楼镇人民政府", "河津乡人民政府", "东关街道办事处"}
	var years string
	for year := 2023; year >= 2020; year-- {
		index := fmt.Sprintf("/nb%d/index.html", year) // not below the column
		years += fmt.Sprintf(`<li><a href="%s">%d年</a></li>`, index, year)
		var list string
		for i, town := range towns {
			path := fmt.Sprintf("/nb%d/%d/content_%d.html", year, i, year)
			list += entry{path, town, fmt.Sprintf("%d-01-2%d", year+1, i)}.li()
			if i == 0 && year == 2022 {
				s.html("GET "+path, "<html><title>"+town+"</title><body>"+menu+`<iframe src="/frames/2022.html"></iframe></body></html>`)
				s.report("/frames/2022.html", town, year, false)
				continue
			}
			s.web.Truth = append(s.web.Truth, Truth{s.url(path), town, year, "page"})
			s.html("GET "+path, "<html><head><title>"+town+`</title><meta name="ArticleTitle" content="`+town+`"></head><body>`+menu+"<h1>"+town+"</h1><div>"+ReportText(town, year, 0)+"</div></body></html>")
		}
		s.html("GET "+index, fmt.Sprintf("<html><title>%d年</title><body>%s<ul>%s</ul></body></html>", year, menu, list))
	}
	s.html("GET /zfxxgk/nb/{$}", "<html><title>政府信息公开年报</title><body>"+menu+"<ul>"+years+"</ul></body></html>")
	s.seed("/")
}
