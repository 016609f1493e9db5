// Interactive predictive charts: data, posterior and prior bands over time.
// startChart draws the chart whose data stand in the figure's JSON script.
function startChart(figure) {
  const source = figure.querySelector("script");
  const chart = JSON.parse(source.textContent);
  const has = (test) => chart.panels.some(test);
  const posterior = has((p) => p.posterior.length > 0);
  const layers = [
    { id: "data", label: "Data", there: has((p) => p.data.length > 0) },
    { id: "median", label: "Median", there: posterior },
    { id: "half", label: "50 %", there: posterior },
    { id: "wide", label: "90 %", there: posterior },
    { id: "prior", label: "Prior", there: has((p) => p.prior.length > 0) },
  ].filter((l) => l.there);
  const shown = new Set(layers.map((l) => l.id));

  const bar = add(figure, "div", { class: "layers" }, source);
  const box = add(figure, "div", { class: "views" }, source);
  const views = chart.panels.map((panel) => makeView(box, chart, panel, shown, (at) => {
    views.forEach((v) => v.point(at));
  }));
  for (const layer of layers) {
    const button = add(bar, "button", { type: "button", "aria-pressed": "true" });
    add(button, "i", { class: layer.id });
    button.append(layer.label);
    button.addEventListener("click", () => {
      if (!shown.delete(layer.id)) shown.add(layer.id);
      button.setAttribute("aria-pressed", shown.has(layer.id));
      views.forEach((v) => v.draw());
    });
  }
  const redraw = () => views.forEach((v) => v.draw());
  redraw();
  new ResizeObserver(() => requestAnimationFrame(redraw)).observe(box);
}

// makeView is one panel. hover is called with the index of the time under the
// pointer, or with -1.
function makeView(parent, chart, panel, shown, hover) {
  const root = add(parent, "div", { class: "view" });
  const label = panel.name + " over " + chart.timeLabel.toLowerCase() + ". Use the arrow keys to read values.";
  const svg = addSVG(root, "svg", { tabindex: 0, role: "img", "aria-label": label });
  const tip = add(root, "div", { class: "tip", role: "status" });
  tip.hidden = true;
  const height = 250, margin = { left: 46, right: 12, top: 30, bottom: 40 };
  let x, y, width = 0, at = -1, active = false;

  function draw() {
    width = root.clientWidth;
    if (width < 80) return;
    svg.replaceChildren();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const times = chart.time, first = Math.min(...times), last = Math.max(...times);
    const edge = (last - first || 1) * 0.025;
    x = scale(first - edge, last + edge, margin.left, width - margin.right);
    y = scale(panel.limits[0], panel.limits[1], height - margin.bottom, margin.top);
    drawAxes();
    // A nested svg element clips what it holds to the area between the axes.
    const area = addSVG(svg, "svg", {
      x: margin.left, y: margin.top - 1, width: width - margin.left - margin.right, height: height - margin.top - margin.bottom + 2,
      viewBox: `${margin.left} ${margin.top - 1} ${width - margin.left - margin.right} ${height - margin.top - margin.bottom + 2}`,
    });
    if (shown.has("prior")) drawBands(area, panel.prior, "prior ");
    drawBands(area, panel.posterior, "");
    if (shown.has("data")) {
      panel.data.forEach((v, i) => {
        if (v !== null) addSVG(area, "circle", { class: "data", cx: x(times[i]), cy: y(v), r: i === at ? 4.5 : 3 });
      });
    }
    if (at >= 0) addSVG(svg, "line", { class: "cursor", x1: x(times[at]), x2: x(times[at]), y1: margin.top, y2: height - margin.bottom });
  }

  function drawAxes() {
    const bottom = height - margin.bottom, right = width - margin.right;
    for (const t of ticks(panel.limits[0], panel.limits[1], 5)) {
      addSVG(svg, "line", { class: "grid", x1: margin.left, x2: right, y1: y(t), y2: y(t) });
      addSVG(svg, "text", { x: margin.left - 7, y: y(t) + 4, "text-anchor": "end" }).textContent = show(t, 6);
    }
    const times = chart.time, most = Math.max(2, Math.floor((right - margin.left) / 44));
    for (const t of ticks(Math.min(...times), Math.max(...times), most)) {
      addSVG(svg, "line", { class: "grid", x1: x(t), x2: x(t), y1: margin.top, y2: bottom });
      addSVG(svg, "text", { x: x(t), y: bottom + 16, "text-anchor": "middle" }).textContent = show(t, 6);
    }
    addSVG(svg, "line", { class: "axis", x1: margin.left, x2: right, y1: bottom, y2: bottom });
    addSVG(svg, "text", { x: (margin.left + right) / 2, y: height - 6, "text-anchor": "middle" }).textContent = chart.timeLabel;
    const name = addSVG(svg, "text", { x: 2, y: 15, class: "name" });
    name.textContent = panel.name;
    if (panel.unit) addSVG(name, "tspan", { "font-weight": 400, "font-size": 11.5, dx: 6, opacity: 0.7 }).textContent = panel.unit;
  }

  function drawBands(area, bands, prefix) {
    if (bands.length === 0) return;
    if (shown.has("wide")) addSVG(area, "path", { class: prefix + "wide", d: ribbon(bands[0], bands[4]) });
    if (shown.has("half")) addSVG(area, "path", { class: prefix + "half", d: ribbon(bands[1], bands[3]) });
    if (shown.has("median")) addSVG(area, "path", { class: prefix + "median", d: pieces(bands[2]).map(line).join("") });
  }

  // pieces returns the runs of indices at which all series have values.
  function pieces(...series) {
    const runs = [];
    chart.time.forEach((_, i) => {
      if (series.some((s) => s[i] === null)) return;
      const run = runs.at(-1);
      if (run && run.at(-1) === i - 1) run.push(i); else runs.push([i]);
    });
    return runs.map((run) => run.map((i) => [x(chart.time[i]), ...series.map((s) => y(s[i]))]));
  }

  function ribbon(low, high) {
    return pieces(low, high).map((run) => {
      const there = run.map((p) => [p[0], p[2]]), back = run.map((p) => [p[0], p[1]]).reverse();
      return line([...there, ...back]) + "Z";
    }).join("");
  }

  function line(points) {
    return points.map((p, i) => (i ? "L" : "M") + p[0].toFixed(2) + "," + p[1].toFixed(2)).join("");
  }

  // point moves the cursor; the panel under the pointer also shows numbers.
  function point(index) {
    at = index;
    draw();
    tip.hidden = !active || at < 0;
    if (tip.hidden) return;
    tip.replaceChildren();
    add(tip, "b").textContent = chart.timeLabel + " " + show(chart.time[at], 6);
    rows().forEach(([name, value]) => {
      const row = add(tip, "span");
      row.append(name);
      add(row, "em").textContent = value;
    });
    const left = x(chart.time[at]);
    tip.style.top = margin.top + "px";
    tip.style.left = Math.max(0, left > width / 2 ? left - tip.offsetWidth - 12 : left + 12) + "px";
  }

  function rows() {
    const out = [], interval = (b, i, j) => b[i][at] === null ? "–" : show(b[i][at]) + " – " + show(b[j][at]);
    const one = (v) => v === null || v === undefined ? "–" : show(v);
    if (panel.data.length > 0) out.push(["Data", one(panel.data[at])]);
    for (const [bands, prefix] of [[panel.posterior, ""], [panel.prior, "Prior "]]) {
      if (bands.length === 0 || prefix && !shown.has("prior")) continue;
      out.push([prefix ? "Prior median" : "Median", one(bands[2][at])]);
      out.push([prefix + "50 %", interval(bands, 1, 3)]);
      out.push([prefix + "90 %", interval(bands, 0, 4)]);
    }
    return out;
  }

  function nearest(event) {
    const px = event.clientX - svg.getBoundingClientRect().left;
    let best = 0;
    chart.time.forEach((t, i) => {
      if (Math.abs(x(t) - px) < Math.abs(x(chart.time[best]) - px)) best = i;
    });
    return best;
  }

  function leave() { active = false; hover(-1); }
  svg.addEventListener("pointermove", (e) => { active = true; hover(nearest(e)); });
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("blur", leave);
  svg.addEventListener("keydown", (e) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (e.key === "Escape") leave();
    if (!step) return;
    e.preventDefault();
    active = true;
    hover(Math.max(0, Math.min(chart.time.length - 1, at < 0 ? 0 : at + step)));
  });
  return { draw, point };
}

// scale maps [a, b] to [from, to].
function scale(a, b, from, to) {
  return (v) => from + (v - a) / (b - a) * (to - from);
}

// ticks returns at most n multiples of 1, 2 or 5 times a power of ten.
function ticks(low, high, n) {
  if (!(high > low)) return [low];
  let step = 10 ** (Math.floor(Math.log10(high - low)) - 2);
  for (let i = 0; (high - low) / step > n; i++) step *= [2, 2.5, 2][i % 3];
  const out = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) out.push(k * step);
  return out;
}

// show writes a number for people: with so many digits (at least those before
// the point), thin spaces in large numbers and a true minus sign.
function show(v, digits = 3) {
  const size = Math.abs(v);
  let text = size >= 10 ** digits && size < 1e7 ? v.toFixed(0) : String(+v.toPrecision(digits));
  if (size >= 10000 && size < 1e7) text = text.replace(/\B(?=(\d{3})+$)/g, "\u2009");
  return text.replace("-", "−");
}

function add(parent, name, attributes = {}, before = null) {
  return insert(parent, document.createElement(name), attributes, before);
}

function addSVG(parent, name, attributes = {}) {
  return insert(parent, document.createElementNS("http://www.w3.org/2000/svg", name), attributes, null);
}

function insert(parent, node, attributes, before) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.insertBefore(node, before);
  return node;
}
