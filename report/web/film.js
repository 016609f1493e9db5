// Films: cells and agents on a grid over time, coloured by their quantities or by
// derivatives of these. startFilm plays the film whose data stand in the figure's
// JSON script.
async function startFilm(figure) {
  const source = figure.querySelector("script");
  const film = JSON.parse(source.textContent);
  const box = add(figure, "div", { class: "stage", role: "group", "aria-label": "Film. Space plays and pauses, the arrow keys step." }, source);
  let numbers;
  try {
    numbers = await unpackNumbers(film.numbers);
  } catch {
    add(box, "p").textContent = "This browser is too old to play the film.";
    return;
  }
  const frames = film.time.length, cells = film.rows * film.columns;
  const tracks = filmTracks(film, numbers, frames, cells);
  const state = { frame: 0, shown: "values", parameter: 0, timer: 0 };
  const view = filmView(box, film);
  const controls = filmControls(box, film, frames);
  const at = (i) => tracks.column[state.frame * film.count + i] < 0 || tracks.row[state.frame * film.count + i] < 0
    ? -1 : tracks.row[state.frame * film.count + i] * film.columns + tracks.column[state.frame * film.count + i];
  const value = (kind, i, track = 0) => tracks[kind][track][state.frame * (kind === "cells" ? cells : film.count) + i] * film[kind].scales[track];
  const chosen = (kind) => state.shown === kind ? state.parameter + 1 : 0;

  function draw() {
    view.draw({ at, value, chosen, shown: state.shown });
    controls.show(state, summary());
    view.describe(controls.words());
  }

  function summary() {
    let there = 0, sum = 0;
    for (let i = 0; i < film.count; i++) {
      if (at(i) >= 0) {
        there++;
        sum += value("agents", i);
      }
    }
    const mean = there ? `, mean ${film.agents.name} ${show(sum / there)}` : "";
    return `${there} of ${film.count} agents${mean}`;
  }

  function go(frame) {
    state.frame = Math.max(0, Math.min(frames - 1, frame));
    if (state.frame === frames - 1) pause();
    draw();
  }

  function pause() {
    clearInterval(state.timer);
    state.timer = 0;
  }

  function toggle() {
    if (state.timer) {
      pause();
      draw();
      return;
    }
    if (state.frame === frames - 1) state.frame = 0;
    state.timer = setInterval(() => go(state.frame + 1), controls.pace());
    draw();
  }

  controls.on({
    toggle,
    step: (n) => { pause(); go(state.frame + n); },
    seek: (n) => { pause(); go(n); },
    pace: () => { if (state.timer) { pause(); toggle(); } },
    show: (shown, parameter) => { Object.assign(state, { shown, parameter }); draw(); },
  });
  box.addEventListener("keydown", (e) => {
    if (e.target.matches("select, input")) return;
    const action = {
      " ": e.target.matches("button") ? null : toggle,
      ArrowLeft: () => { pause(); go(state.frame - 1); }, ArrowRight: () => { pause(); go(state.frame + 1); },
      Home: () => { pause(); go(0); }, End: () => { pause(); go(frames - 1); },
    }[e.key];
    if (!action) return;
    e.preventDefault();
    action();
  });
  view.onPoint((cell) => {
    const lines = [["Cell", `${Math.floor(cell / film.columns)}, ${cell % film.columns}`], [film.cells.name, show(value("cells", cell))]];
    if (state.shown === "cells") lines.push(["its derivative", show(value("cells", cell, chosen("cells")))]);
    for (let i = 0; i < film.count; i++) {
      if (at(i) !== cell) continue;
      lines.push([`agent ${i}: ${film.agents.name}`, show(value("agents", i))]);
      if (state.shown === "agents") lines.push(["its derivative", show(value("agents", i, chosen("agents")))]);
    }
    return lines;
  });
  new ResizeObserver(() => requestAnimationFrame(draw)).observe(box);
  draw();
}

// unpackNumbers returns the 16-bit numbers of base 64 text.
async function unpackNumbers(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const raw = new DataView(await new Response(stream).arrayBuffer());
  return Int16Array.from({ length: raw.byteLength / 2 }, (_, i) => raw.getInt16(2 * i, true));
}

// filmTracks cuts the numbers into those of cells and agents and the agents' places.
function filmTracks(film, numbers, frames, cells) {
  let from = 0;
  const cut = (n) => numbers.subarray(from, from += n * frames);
  return {
    cells: film.cells.scales.map(() => cut(cells)),
    agents: film.agents.scales.map(() => cut(film.count)),
    row: cut(film.count),
    column: cut(film.count),
  };
}

// filmControls makes the buttons, the slider and the choices.
function filmControls(box, film, frames) {
  const bar = add(box, "div", { class: "transport" });
  const button = (label, text) => {
    const b = add(bar, "button", { type: "button", "aria-label": label, title: label });
    b.textContent = text;
    return b;
  };
  const play = button("Play", "▶"), back = button("Step back", "‹"), forth = button("Step forward", "›");
  const slider = add(bar, "input", { type: "range", min: 0, max: frames - 1, step: 1, value: 0, "aria-label": film.timeLabel });
  const clock = add(bar, "output", { class: "clock" });
  const speed = choice(bar, "Speed", [["1000", "1 a second"], ["200", "5 a second"], ["83", "12 a second"], ["33", "30 a second"]]);
  speed.value = "200";
  const second = add(box, "div", { class: "transport" });
  const kinds = [["values", `${film.cells.name} and ${film.agents.name}`]];
  if (film.parameters.length) {
    kinds.push(["cells", `derivative of the ${film.cells.name} of cells`], ["agents", `derivative of the ${film.agents.name} of agents`]);
  }
  const shown = choice(second, "Show", kinds);
  const parameter = film.parameters.length ? choice(second, "by", film.parameters.map((p, k) => [String(k), p])) : null;
  const legend = add(box, "div", { class: "scales" }), count = add(box, "p", { class: "count" });

  function choice(parent, name, options) {
    const label = add(parent, "label");
    label.append(name + " ");
    const select = add(label, "select");
    for (const [value, text] of options) add(select, "option", { value }).textContent = text;
    return select;
  }

  function scaleBar(name, colours, low, high) {
    const item = add(legend, "span", { class: "scale" });
    item.append(name + "  ", low + " ");
    add(item, "i").style.background = `linear-gradient(to right, ${colours.join(",")})`;
    item.append(" " + high);
  }

  function showScales(state) {
    legend.replaceChildren();
    const k = state.parameter;
    const values = (kind, colours) => scaleBar(film[kind].unit === film[kind].name ? film[kind].name : `${film[kind].name}, ${film[kind].unit}`, colours, show(film[kind].low), show(film[kind].high));
    const slopes = (kind) => scaleBar(`d ${film[kind].name} / d ${film.parameters[k]}`, film.colours.diverging, "−" + show(film[kind].limits[k]), show(film[kind].limits[k]));
    if (state.shown === "cells") slopes("cells"); else values("cells", film.colours.sequential);
    if (state.shown === "agents") slopes("agents"); else if (state.shown === "values") values("agents", agentColours);
  }

  return {
    pace: () => Number(speed.value),
    words: () => `${clock.textContent}: ${count.textContent}`,
    show(state, summary) {
      slider.value = state.frame;
      slider.setAttribute("aria-valuetext", `${film.timeLabel} ${film.time[state.frame]}`);
      clock.textContent = `${film.timeLabel} ${show(film.time[state.frame], 6)} of ${show(film.time[frames - 1], 6)}`;
      count.textContent = summary;
      play.textContent = state.timer ? "❚❚" : "▶";
      play.setAttribute("aria-label", state.timer ? "Pause" : "Play");
      play.title = state.timer ? "Pause" : "Play";
      back.disabled = state.frame === 0;
      forth.disabled = state.frame === frames - 1;
      if (parameter) parameter.disabled = state.shown === "values";
      showScales(state);
    },
    on(act) {
      play.addEventListener("click", act.toggle);
      back.addEventListener("click", () => act.step(-1));
      forth.addEventListener("click", () => act.step(1));
      slider.addEventListener("input", () => act.seek(Number(slider.value)));
      speed.addEventListener("change", act.pace);
      for (const s of [shown, parameter]) {
        if (s) s.addEventListener("change", () => act.show(shown.value, parameter ? Number(parameter.value) : 0));
      }
    },
  };
}

// agentColours run from poor to rich; a light ring sets agents off from the cells.
const agentColours = ["#d4e6f4", "#9cc7e6", "#5a9fd0", "#2472ab", "#0a3f70"];

// filmView is the canvas.
function filmView(box, film) {
  const root = add(box, "div", { class: "screen" });
  const canvas = add(root, "canvas", { tabindex: 0, role: "img" });
  const tip = add(root, "div", { class: "tip", role: "status" });
  tip.hidden = true;
  let side = 0, asked = null, over = -1;
  const shade = (colours, x) => colours[Math.max(0, Math.min(colours.length - 1, Math.round(x * (colours.length - 1))))];
  const colour = (kind, v, track, colours) => track
    ? shade(film.colours.diverging, v / film[kind].limits[track - 1] / 2 + 0.5)
    : shade(colours, film[kind].high > film[kind].low ? (v - film[kind].low) / (film[kind].high - film[kind].low) : 0);

  function draw({ at, value, chosen, shown }) {
    side = Math.min(root.clientWidth, 620) / Math.max(film.columns, film.rows);
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(side * film.columns * ratio);
    canvas.height = Math.round(side * film.rows * ratio);
    canvas.style.width = side * film.columns + "px";
    canvas.style.height = side * film.rows + "px";
    const c = canvas.getContext("2d");
    c.scale(ratio, ratio);
    const ofCells = chosen("cells"), ofAgents = chosen("agents");
    for (let k = 0; k < film.rows * film.columns; k++) {
      c.fillStyle = colour("cells", value("cells", k, ofCells), ofCells, film.colours.sequential);
      c.fillRect((k % film.columns) * side, Math.floor(k / film.columns) * side, side + 0.5, side + 0.5);
    }
    if (shown === "agents") { // so that agents stand out
      c.fillStyle = "rgba(255, 255, 255, 0.6)";
      c.fillRect(0, 0, side * film.columns, side * film.rows);
    }
    for (let i = 0; i < film.count; i++) {
      const cell = at(i);
      if (cell < 0) continue;
      c.beginPath();
      c.arc((cell % film.columns + 0.5) * side, (Math.floor(cell / film.columns) + 0.5) * side, Math.max(1.5, side * (shown === "cells" ? 0.2 : 0.42)), 0, 2 * Math.PI);
      c.fillStyle = shown === "cells" ? "#1c2530" : colour("agents", value("agents", i, ofAgents), ofAgents, agentColours);
      c.fill();
      c.lineWidth = Math.max(0.5, side * 0.09);
      c.strokeStyle = shown === "values" ? "#ffffff" : "#1c2530";
      c.stroke();
    }
    if (over >= 0) point(over);
  }

  function point(cell) {
    over = cell;
    tip.hidden = cell < 0 || !asked;
    if (tip.hidden) return;
    tip.replaceChildren();
    asked(cell).forEach(([name, text]) => {
      const row = add(tip, "span");
      row.append(name);
      add(row, "em").textContent = text;
    });
    const x = (cell % film.columns) * side, y = (Math.floor(cell / film.columns) + 1) * side;
    tip.style.left = Math.max(0, x > canvas.clientWidth / 2 ? x - tip.offsetWidth - 6 : x + side + 6) + "px";
    tip.style.top = y + "px";
  }

  canvas.addEventListener("pointermove", (e) => {
    const r = canvas.getBoundingClientRect();
    const x = Math.floor((e.clientX - r.left) / side), y = Math.floor((e.clientY - r.top) / side);
    point(x >= 0 && y >= 0 && x < film.columns && y < film.rows ? y * film.columns + x : -1);
  });
  canvas.addEventListener("pointerleave", () => point(-1));
  return {
    draw,
    describe: (words) => canvas.setAttribute("aria-label", words),
    onPoint: (f) => { asked = f; },
  };
}
