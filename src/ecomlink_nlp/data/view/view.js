"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const LABELS = JSON.parse($("labels").textContent);
  const LAYERS = ["repairs", "entities", "values", "times"];
  const CONVERSIONS = new Set(["script", "vocabulary", "width"]);
  // Controls, marks that turn the reading direction, and characters without width: shown by their code points.
  const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
  const BLOCK = 20000; // characters; a line without end is cut into blocks that a browser can lay out

  const stores = [...document.querySelectorAll("script.record")];
  let language = (navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en";
  let view = "raw", doc = null, pieces = [], selected = null, passage = null, cursor = -1;

  const label = (key) => (Object.hasOwn(LABELS, key) ? LABELS[key][language] : String(key).replaceAll("_", " "));
  const code = (char) => "U+" + char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  const plain = (words) => String(words).replace(UNSAFE, (char) => "[" + code(char) + "]");

  function put(node, words) {
    UNSAFE.lastIndex = 0;
    if (!UNSAFE.test(words)) { node.append(words); return node; }
    UNSAFE.lastIndex = 0; // matchAll starts from it
    let from = 0;
    for (const match of words.matchAll(UNSAFE)) {
      node.append(words.slice(from, match.index), make("span", "control", code(match[0])));
      from = match.index + match[0].length;
    }
    node.append(words.slice(from));
    return node;
  }

  function make(tag, className, words) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) put(node, String(words));
    return node;
  }

  // Records count code points, JavaScript strings UTF-16 units.
  function units(text) {
    if (!/[\ud800-\udfff]/.test(text)) return (place) => place;
    const places = [];
    let unit = 0;
    for (const char of text) { places.push(unit); unit += char.length; }
    places.push(unit);
    return (place) => (place === null ? null : places[place]);
  }

  function load(store) {
    const record = JSON.parse(store.textContent);
    const raw = units(record.raw), norm = units(record.text);
    const place = (item) => {
      item.raw = [raw(item.start), raw(item.end)];
      item.norm = [norm(item.norm_start), norm(item.norm_end)];
    };
    for (const layer of LAYERS) record[layer].forEach(place);
    record.claims.forEach((claim, number) => {
      claim.number = number;
      claim.arguments.forEach(place);
      claim.spans = {
        raw: claim.evidence.map((span) => span.map(raw)),
        norm: claim.norm_evidence.map((span) => span.map(norm)),
      };
      claim.placed = claim.arguments.filter((item) => item.start !== null);
      if (claim.kind === "statement") {
        claim.placed.push({ role: "quote", raw: claim.quote.map(raw), norm: claim.norm_quote.map(norm) });
      }
      claim.parties = [...new Set([claim.subject, claim.speaker, claim.source, ...(claim.objects || [])].filter(Boolean))];
    });
    return record;
  }

  const overlaps = (one, other) => one[0] < other[1] && other[0] < one[1];

  function grounds(claim) {
    const places = claim.placed.filter((item) => item.role !== "quote").map((item) => item.raw);
    return doc.repairs.filter((repair) =>
      places.some((span) => overlaps(repair.raw, span)) ||
      (!CONVERSIONS.has(repair.kind) && claim.spans.raw.some((span) => overlaps(repair.raw, span))));
  }

  // The text ------------------------------------------------------------------------------------------------

  function title(item, layer) {
    if (layer === "repairs") return `${label(item.kind)}: ${plain(item.text)} → ${plain(item.clean) || label("nothing")} (${item.rule})`;
    if (layer === "entities") return `${label(item.type)}: ${plain(item.name)}`;
    if (layer === "values") return `${label(item.type)}: ${figure(item)}`;
    return `${label(item.type)}: ${item.timex}${item.mod ? " " + item.mod : ""}`;
  }

  function boundaries(text) {
    const cuts = new Set([0, text.length]);
    const cut = (span) => { if (span[0] !== null) { cuts.add(span[0]); cuts.add(span[1]); } };
    for (const layer of LAYERS) for (const item of doc[layer]) cut(item[view]);
    for (const claim of doc.claims) {
      claim.spans[view].forEach(cut);
      for (const item of claim.placed) cut(item[view]);
    }
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) { cuts.add(at); cuts.add(at + 1); }
    return Uint32Array.from(cuts).sort();
  }

  function renderText() {
    const text = view === "raw" ? doc.raw : doc.text;
    const cuts = boundaries(text);
    const queues = LAYERS.map((layer) => ({
      layer, next: 0, open: [], items: [...doc[layer]].sort((a, b) => a[view][0] - b[view][0]),
    }));
    const page = document.createDocumentFragment();
    let block = make("div"), blockStart = 0;
    pieces = [];
    for (let number = 0; number < cuts.length; number++) {
      const from = cuts[number], to = number + 1 < cuts.length ? cuts[number + 1] : from;
      const covering = [];
      for (const queue of queues) {
        queue.open = queue.open.filter((item) => item[view][1] > from);
        while (queue.next < queue.items.length && queue.items[queue.next][view][0] <= from) {
          const item = queue.items[queue.next++];
          if (item[view][1] > from) queue.open.push(item);
          else block.append(gone(item));
        }
        for (const item of queue.open) covering.push([queue.layer, item]);
      }
      if (from === to) break;
      const words = text.slice(from, to);
      const piece = { from, to, node: pieceNode(words, covering), repair: null, ins: null, marked: covering.length > 0 };
      piece.node.dataset.piece = pieces.length;
      pieces.push(piece);
      block.append(piece.node);
      const repair = covering.find(([layer]) => layer === "repairs");
      if (repair) {
        piece.repair = repair[1];
        if (view === "raw" && repair[1].raw[1] === to && repair[1].clean && !CONVERSIONS.has(repair[1].kind)) {
          piece.ins = put(make("ins"), repair[1].clean);
          piece.ins.title = title(repair[1], "repairs");
          piece.ins.dataset.piece = piece.node.dataset.piece;
          block.append(piece.ins);
        }
      }
      if (words === "\n" || to - blockStart > BLOCK) {
        page.append(block);
        block = make("div");
        blockStart = to;
      }
    }
    page.append(block);
    $("text").replaceChildren(page);
    markClaims();
    cursor = -1;
  }

  function gone(repair) {
    const mark = make("span", "gone", "⌫");
    mark.title = title(repair, "repairs");
    return mark;
  }

  function pieceNode(words, covering) {
    const classes = [], titles = [];
    let tag = "span";
    for (const [layer, item] of covering) {
      titles.push(title(item, layer));
      if (layer === "entities") classes.push("entity", item.type);
      else if (layer === "values") classes.push("value");
      else if (layer === "times") classes.push("time");
      else if (CONVERSIONS.has(item.kind)) classes.push("conversion");
      else if (view === "norm") classes.push("mended");
      else { tag = "del"; classes.push("damage"); }
    }
    const node = make(tag, classes.join(" "));
    put(node, words === "\n" ? (tag === "del" ? "↵" : "") : words);
    if (titles.length) node.title = titles.join("\n");
    return node;
  }

  // Pieces are in order, so those of a span are neighbours.
  function* within(span) {
    let low = 0, high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle].to <= span[0]) low = middle + 1; else high = middle;
    }
    for (; low < pieces.length && pieces[low].from < span[1]; low++) yield pieces[low];
  }

  function markClaims() {
    for (const claim of doc.claims) {
      for (const span of [...claim.spans[view], ...claim.placed.map((item) => item[view])]) {
        for (const piece of within(span)) piece.node.dataset.claims = "";
      }
    }
  }

  function highlight() {
    for (const node of $("text").querySelectorAll(".evidence, .argument, .ground")) node.classList.remove("evidence", "argument", "ground");
    if (!selected) return;
    const paint = (span, name) => { for (const piece of within(span)) { piece.node.classList.add(name); if (piece.ins && name === "ground") piece.ins.classList.add(name); } };
    selected.spans[view].forEach((span) => paint(span, "evidence"));
    for (const item of selected.placed) if (item.role !== "quote") paint(item[view], "argument");
    for (const repair of grounds(selected)) paint(repair[view], "ground");
    const first = within(selected.spans[view][0]).next().value;
    if (first) reveal(first.node);
  }

  function reveal(node) {
    node.scrollIntoView({ block: "center", behavior: "instant" });
  }

  // The claims ------------------------------------------------------------------------------------------------

  function number(value) {
    if (value === null || value === undefined) return "";
    const scale = language === "zh" ? [[1e8, "亿"], [1e4, "万"]] : [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
    for (const [size, word] of scale) if (Math.abs(value) >= size) return +(value / size).toPrecision(8) + word;
    return value.toLocaleString("en", { maximumFractionDigits: 6 });
  }

  function figure(item) {
    const signs = { MORE_THAN: ">", EQUAL_OR_MORE: "≥", LESS_THAN: "<", EQUAL_OR_LESS: "≤", APPROX: "≈" };
    const known = item.value !== null ? number(item.value) : [item.low, item.high].filter((end) => end !== null).map(number).join("–");
    const unit = item.unit === "%" ? "%" : item.unit ? " " + plain(label(item.unit)) : "";
    return (signs[item.mod] || "") + known + unit;
  }

  const topic = (claim) => claim.predicate || claim.metric || "said";

  function summary(claim) {
    const line = make("div", "line");
    const what = make("span", "what" + (claim.polarity === "negated" ? " negated" : ""), label(topic(claim)));
    if (claim.kind === "metric") {
      line.append(make("b", "", claim.subject), what);
      if (claim.measure !== "level") line.append(make("span", "what", label(claim.measure)));
      line.append(make("b", "", figure(claim)));
    } else if (claim.kind === "statement") {
      const said = (claim.arguments.find((item) => item.role === "quote") || {}).name || claim.quote_text; // repaired
      line.append(make("b", "", claim.speaker), what, make("span", "", "「" + said.slice(0, 60).replace(/\s+/g, " ") + (said.length > 60 ? "…" : "") + "」"));
    } else {
      line.append(make("b", "", claim.subject || label("nobody")), what, make("b", "", claim.objects.join("、")));
      if (claim.amount) line.append(make("span", "", " " + figure(claim.amount)));
    }
    for (const mark of [claim.polarity, claim.status]) {
      if (mark !== "affirmed" && mark !== "actual") line.append(make("span", "tag" + (mark === "negated" ? " negated" : ""), label(mark)));
    }
    return line;
  }

  function details(claim) {
    const list = make("dl");
    const row = (key, ...values) => {
      const shown = values.filter((value) => value !== null && value !== undefined && value !== "");
      if (!shown.length) return;
      const cell = make("dd");
      for (const value of shown) cell.append(value instanceof Node ? value : make("div", "", value));
      list.append(make("dt", "", label(key)), cell);
    };
    row("role", claim.role);
    row("channel", (claim.channel || []).join("、"));
    row("content", claim.content);
    row("time", claim.time && claim.time + (claim.time_how ? ` (${label(claim.time_how)})` : ""));
    row("source", claim.source);
    row("quote", claim.quote_text);
    // What was said stands above, in full.
    row("arguments", ...claim.arguments.filter((item) => item.role !== "quote").map((item) => `${label(item.role)}: ${item.name}` + (item.text && item.text !== item.name ? ` ← ${item.text}` : "") + ` (${label(item.how)})`));
    row("repairs", ...grounds(claim).map((repair) => {
      const line = make("div");
      line.append(make("del", "", repair.text), " → ", make("ins", "", repair.clean || label("nothing")), make("span", "dim", ` ${label(repair.kind)}`));
      return line;
    }));
    row("evidence", ...claim.evidence_text);
    row("rule", `${claim.rule} (${claim.score.toFixed(2)})`);
    row("id", claim.id);
    return list;
  }

  const shown = (claim) =>
    (!$("kind").value || claim.kind === $("kind").value) &&
    (!$("predicate").value || topic(claim) === $("predicate").value) &&
    (!$("party").value || claim.parties.includes($("party").value)) &&
    (!passage || passage.has(claim));

  function renderClaims() {
    const visible = doc.claims.filter(shown);
    const list = document.createDocumentFragment();
    for (const claim of visible) {
      const card = make("div", `claim ${claim.kind}`);
      card.id = "claim-" + claim.number;
      card.setAttribute("role", "option");
      card.setAttribute("aria-selected", String(claim === selected));
      const meta = [label(claim.kind), claim.time, claim.source && `${label("source")}: ${claim.source}`];
      card.append(summary(claim), make("div", "meta", meta.filter(Boolean).join(" · ")));
      if (claim === selected) card.append(details(claim));
      list.append(card);
    }
    $("claims").replaceChildren(list);
    $("count").textContent = `${visible.length} / ${doc.claims.length} ${label("claims")}` + (passage ? ` · ${label("passage")}` : "");
    $("everything").hidden = visible.length === doc.claims.length;
    pointTo();
  }

  function pointTo() {
    if (selected) $("claims").setAttribute("aria-activedescendant", "claim-" + selected.number);
    else $("claims").removeAttribute("aria-activedescendant");
  }

  function select(claim) {
    const old = selected && $("claim-" + selected.number);
    if (old) { old.setAttribute("aria-selected", "false"); old.querySelector("dl")?.remove(); }
    selected = claim;
    const card = claim && $("claim-" + claim.number);
    if (card) {
      card.setAttribute("aria-selected", "true");
      card.append(details(claim));
      card.scrollIntoView({ block: "nearest" });
    }
    pointTo();
    highlight();
  }

  function showPassage(number) {
    const piece = pieces[number];
    const span = [piece.from, piece.to];
    const carried = (claim) => claim.placed.some((item) => item.role !== "trigger" && item.role !== "quote" && overlaps(item[view], span));
    const found = doc.claims.filter((claim) => claim.spans[view].some((each) => overlaps(each, span)) || carried(claim));
    passage = found.length ? new Set(found) : null;
    selected = found.find(carried) || found[0] || null;
    for (const id of ["kind", "predicate", "party"]) $(id).value = "";
    renderClaims();
    const place = $("text").scrollTop;
    highlight();
    $("text").scrollTop = place; // the reader is looking at the right place already
    if (selected) $("claim-" + selected.number).scrollIntoView({ block: "nearest" });
  }

  function options(id, all, counts, name) {
    const select = $(id), chosen = select.value;
    select.replaceChildren(new Option(label(all), ""));
    for (const [value, count] of [...counts].sort((a, b) => b[1] - a[1])) select.append(new Option(`${plain(name(value))} (${count})`, value));
    select.value = counts.has(chosen) ? chosen : "";
  }

  function renderFilters() {
    const count = (values) => { const counts = new Map(); for (const value of values) counts.set(value, (counts.get(value) || 0) + 1); return counts; };
    options("kind", "all_kinds", count(doc.claims.map((claim) => claim.kind)), label);
    options("predicate", "all_predicates", count(doc.claims.map(topic)), label);
    options("party", "all_parties", count(doc.claims.flatMap((claim) => claim.parties)), (name) => name);
  }

  function renderLegend() {
    $("legend").replaceChildren(...LAYERS.map((layer) => {
      const button = make("button", "layer-" + layer, `${label(layer)} ${doc[layer].length}`);
      button.type = "button";
      button.dataset.layer = layer;
      button.setAttribute("aria-pressed", String(!$("text").classList.contains("no-" + layer)));
      return button;
    }));
  }

  function renderLabels() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-label]")) node.textContent = label(node.dataset.label);
    for (const node of document.querySelectorAll("[data-aria]")) node.setAttribute("aria-label", label(node.dataset.aria));
    $("language").textContent = language === "zh" ? "English" : "中文";
    $("name").textContent = plain(doc.doc) || label("text");
    $("date").textContent = doc.date ? `${doc.date} (${label(doc.date_source)})` : label("no_date");
  }

  function render() {
    renderLabels();
    renderLegend();
    renderFilters();
    renderText();
    renderClaims();
    highlight();
  }

  function open(store) {
    doc = load(store);
    selected = passage = null;
    document.title = plain(doc.doc) || "ecomlink";
    render();
    $("text").scrollTop = 0;
  }

  function switchView(name) {
    view = name;
    for (const button of $("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    renderText();
    highlight();
  }

  function step(distance) {
    const visible = doc.claims.filter(shown);
    if (!visible.length) return;
    const at = visible.indexOf(selected) + distance;
    select(visible[selected ? Math.max(0, Math.min(visible.length - 1, at)) : 0]);
  }

  function move(distance) {
    let at = cursor + distance;
    while (at >= 0 && at < pieces.length && !pieces[at].marked) at += distance;
    if (at < 0 || at >= pieces.length) return;
    if (cursor >= 0) pieces[cursor].node.classList.remove("cursor");
    cursor = at;
    pieces[cursor].node.classList.add("cursor");
    pieces[cursor].node.scrollIntoView({ block: "nearest" });
  }

  function clear() {
    passage = null;
    for (const id of ["kind", "predicate", "party"]) $(id).value = "";
    selected = null;
    renderClaims();
    highlight();
  }

  $("views").addEventListener("click", (event) => { if (event.target.dataset.view) switchView(event.target.dataset.view); });
  $("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; render(); });
  $("legend").addEventListener("click", (event) => {
    const layer = event.target.dataset.layer;
    if (!layer) return;
    $("text").classList.toggle("no-" + layer);
    renderLegend();
  });
  $("filters").addEventListener("change", () => {
    passage = null;
    if (selected && !shown(selected)) selected = null;
    renderClaims();
    highlight();
  });
  $("everything").addEventListener("click", clear);
  $("claims").addEventListener("click", (event) => {
    const card = event.target.closest(".claim");
    if (!card || event.target.closest("dl")) return;
    const claim = doc.claims[Number(card.id.slice(6))];
    select(claim === selected ? null : claim);
  });
  $("text").addEventListener("click", (event) => {
    const node = event.target.closest("[data-piece]");
    if (node && String(getSelection()) === "") showPassage(Number(node.dataset.piece));
  });
  $("claims").addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    if (event.key in steps) step(steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") { if (selected) highlight(); else step(0); }
    else return;
    event.preventDefault();
  });
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") move(event.key === "ArrowRight" ? 1 : -1);
    else if (event.key === "Enter" && cursor >= 0) showPassage(cursor);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") clear();
    else if (event.key === "r") switchView(view === "raw" ? "norm" : "raw");
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });

  if (!stores.length) { $("name").textContent = label("no_documents"); return; }
  stores.forEach((store, place) => $("documents").append(new Option(plain(store.dataset.doc) || String(place + 1), String(place))));
  $("chooser").hidden = stores.length < 2;
  $("name").hidden = stores.length > 1;
  $("documents").addEventListener("change", () => open(stores[Number($("documents").value)]));
  open(stores[0]);
})();
