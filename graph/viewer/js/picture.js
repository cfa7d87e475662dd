// The picture: vis-network draws circles and lines at the positions it is given, pans and zooms;
// labels, halos, hovering and choosing are ours.

const RADIUS = { least: 7, most: 30, quiet: 5 };
// How near a pointer has to come, in pixels of the screen: fingers are wider than cursors.
const REACH = { mouse: 7, touch: 20 };
// So many lines are still drawn as a trace when a filter leaves them out.
const MOST_TRACES = 4000;

// A large network is seen from afar: circles and lines grow so that this scale is as small as
// they get when everything is in the frame.
const SMALLEST_SCALE = 0.4;
let magnified = 1;

let colours = {};

function readColours() {
  colours = { sector: page.sectors.map((sector) => cssValue(`--hue-${sector.hue}`)) };
  for (const name of ['paper', 'ink', 'line', 'accent', 'quiet', 'muted']) {
    colours[name] = cssValue(`--${name}`);
  }
}

const isLit = (agency) => (view.light ? view.light.agencies.has(agency) : agency.partners > 0);

function agencyLook(agency) {
  const lit = isLit(agency);
  const size = RADIUS.least + 2.6 * Math.sqrt(agency.count);
  return {
    radius: (agency.partners ? Math.min(size, RADIUS.most) : RADIUS.quiet) * magnified,
    fill: lit ? colours.sector[agency.sector] : colours.quiet,
    hidden: !agency.offered && !lit,
    lit,
  };
}

function lineLook(line) {
  const lit = view.light && view.light.lines.has(line);
  const width = Math.min(1.2 + 1.7 * Math.log2(Math.max(line.shown.length, 1)), 11) * magnified;
  if (lit) return { width: width + 1, stroke: colours.accent, opacity: 0.85, lit };
  if (view.light) return { width, stroke: colours.line, opacity: line.stands ? 0.1 : 0 };
  if (!line.stands) return { width: 1, stroke: colours.line, opacity: line.offered ? 0.07 : 0 };
  const weight = line.faint ? 0.07 : 0.26 + 0.32 * Math.min(line.strength / 4, 1);
  return { width: line.faint ? 1 : width, stroke: colours.line, opacity: weight };
}

const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();
const network = new vis.Network(
  byId('network'),
  { nodes: drawnNodes, edges: drawnEdges },
  readData('data-options')
);

// Hand vis-network only what has changed: it redoes work for everything it is given.
const changedOnly = (() => {
  const known = new Map();
  return (item) => {
    const text = JSON.stringify(item);
    if (known.get(item.id) === text) return false;
    known.set(item.id, text);
    return true;
  };
})();

function paint() {
  const nodes = agencies.map((agency) => {
    const look = agencyLook(agency);
    agency.radius = look.radius;
    return {
      id: agency.id, x: agency.x, y: agency.y, size: look.radius, hidden: look.hidden,
      color: { background: look.fill, border: colours.paper },
    };
  });
  const edges = lines.map((line) => {
    const look = lineLook(line);
    return {
      id: line.id, from: line.from, to: line.to, width: look.width,
      hidden: look.opacity === 0 || (!line.stands && lines.length > MOST_TRACES),
      color: { color: look.stroke, opacity: look.opacity, inherit: false },
    };
  });
  drawnNodes.update(nodes.filter(changedOnly));
  drawnEdges.update(edges.filter(changedOnly));
}

// ---- where things are on the screen

const area = () => byId('network').getBoundingClientRect();

// How much of the picture's bottom the panel covers (on a phone it is a sheet over it).
function coveredHeight() {
  const panel = byId('panel');
  if (!isPhone() || panel.hidden) return 0;
  return Math.max(0, area().bottom - panel.getBoundingClientRect().top);
}

function frameAgencies(chosen, closest) {
  if (!chosen.length) return;
  const { width, height } = area();
  const room = {
    width: width - (isPhone() ? 70 : 130),
    height: Math.max(height - coveredHeight() - 96, 60),
  };
  const reach = (axis, side) =>
    Math[side](...chosen.map((a) => a[axis] + (side === 'max' ? 1 : -1) * RADIUS.least * 2));
  const [left, right] = [reach('x', 'min'), reach('x', 'max')];
  const [top, bottom] = [reach('y', 'min'), reach('y', 'max')];
  const scale = Math.min(room.width / (right - left), room.height / (bottom - top), closest);
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.max(scale, 0.02),
    offset: { x: 0, y: -coveredHeight() / 2 },
    animation: wantsStillness() ? false : { duration: 350, easingFunction: 'easeInOutQuad' },
  });
}

const frameAll = () => frameAgencies(agencies.filter((agency) => agency.offered), 1.5);

// Bring what is selected into the frame; where it is there already, nothing moves.
function frameSelection() {
  if (!view.light || state.table) return;
  const chosen = [...view.light.agencies];
  const { width, height } = area();
  const inside = chosen.every((agency) => {
    const { x, y } = network.canvasToDOM(agency);
    return x > 30 && x < width - 30 && y > 20 && y < height - 40 - coveredHeight();
  });
  if (!inside || network.getScale() < 0.45) frameAgencies(chosen, 1.1);
}

function zoomBy(factor) {
  network.moveTo({ scale: clamp(network.getScale() * factor, 0.02, 6), animation: false });
}

// ---- what is under a pointer

function distanceToLine(line, x, y) {
  const { a, b } = line;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = clamp(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}

// The agency or line nearest to a point of the screen, as a selection, or null.
function underPointer(point, isTouch) {
  const { x, y } = network.DOMtoCanvas(point);
  const reach = (isTouch ? REACH.touch : REACH.mouse) / network.getScale();
  let best = null;
  let nearest = Infinity;
  for (const agency of agencies) {
    if (!agency.partners && !isLit(agency)) continue;
    const distance = Math.hypot(x - agency.x, y - agency.y) - agency.radius;
    if (distance < Math.min(nearest, reach / 2)) {
      [best, nearest] = [{ type: 'agency', id: agency.id }, distance];
    }
  }
  if (best) return best;
  for (const line of view.lines) {
    // A lit line wins over the faint ones that cross it.
    const favour = view.light && view.light.lines.has(line) ? reach : line.faint ? -reach / 2 : 0;
    const distance = distanceToLine(line, x, y) - favour;
    if (distance < Math.min(nearest, reach)) {
      [best, nearest] = [{ type: 'line', id: line.id }, distance];
    }
  }
  return best;
}

let hovered = null;

function hover(found, point) {
  const tip = byId('tip');
  tip.hidden = !found;
  byId('network').style.cursor = found ? 'pointer' : '';
  if (found) {
    tip.replaceChildren(...tipText(found));
    const { width } = area();
    tip.style.left = `${clamp(point.x + 14, 8, width - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.max(point.y - tip.offsetHeight - 10, 8)}px`;
  }
  const same = found && hovered ? found.id === hovered.id : found === hovered;
  hovered = found;
  if (!same) network.redraw();
}

function tipText(found) {
  if (found.type === 'agency') {
    const agency = agencyById.get(found.id);
    const numbers = `${say('partners', { n: agency.partners })} · ${say('meetings', { n: agency.count })}`;
    return [element('strong', {}, agency.label), element('span', {}, numbers)];
  }
  const line = lineById.get(found.id);
  return [
    element('strong', {}, line.a.label),
    element('strong', {}, line.b.label),
    element('span', {}, say('meetings', { n: line.shown.length })),
  ];
}

// ---- drawing around vis-network's own

function drawHalo(context, line, width) {
  context.beginPath();
  context.moveTo(line.a.x, line.a.y);
  context.lineTo(line.b.x, line.b.y);
  context.lineWidth = width;
  context.lineCap = 'round';
  context.strokeStyle = colours.accent;
  context.globalAlpha = 0.28;
  context.stroke();
  context.globalAlpha = 1;
}

network.on('beforeDrawing', (context) => {
  const scale = network.getScale();
  for (const chosen of [hovered, state.selection]) {
    if (chosen && chosen.type === 'line') {
      const line = lineById.get(chosen.id);
      drawHalo(context, line, lineLook(line).width + 12 / scale);
    }
  }
});

// Agencies to be named, the most important first.
function namedAgencies() {
  const chosen = state.selection && state.selection.type === 'agency' ? state.selection.id : null;
  const rank = (agency) =>
    agency.id === chosen || (hovered && hovered.id === agency.id) ? Infinity : agency.count;
  return agencies
    .filter((agency) => isLit(agency))
    .sort((a, b) => rank(b) - rank(a) || a.index - b.index);
}

network.on('afterDrawing', (context) => {
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  const scale = network.getScale();
  const { width, height } = area();
  const onScreen = (agency) => {
    const { x, y } = network.canvasToDOM(agency);
    return { x, y, radius: agency.radius * scale };
  };
  const named = namedAgencies();
  const strong = (agency) =>
    Boolean(
      view.light && state.selection.type !== 'topic' &&
        (agency.id === state.selection.id ||
          (state.selection.type !== 'agency' && view.light.agencies.size <= 4))
    );
  // The upper end of a chosen line is named above it, not on it.
  const line = state.selection && state.selection.type === 'line' && lineById.get(state.selection.id);
  const steep = line && Math.abs(line.a.y - line.b.y) > Math.abs(line.a.x - line.b.x) / 3;
  const upper = steep ? (line.a.y < line.b.y ? line.a : line.b) : null;
  const frame = { left: 6, top: 6, right: width - 6, bottom: height - 6 - coveredHeight() };
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const measure = (text, bold) => {
    context.font = labelFont(bold);
    return context.measureText(text).width;
  };
  const circles = named.map((agency) => ({
    ...onScreen(agency), text: agency.label, strong: strong(agency), above: agency === upper,
  }));
  const placed = placeLabels(circles, [...circles, ...controlSpots()], frame, measure);
  drawLabels(context, placed, colours.ink, colours.paper);
  context.restore();
  lastLabels = placed;
});

let lastLabels = [];

// The zoom buttons float over the picture: labels keep clear of them.
function controlSpots() {
  const origin = area();
  return [...document.querySelectorAll('.zoom button')].map((control) => {
    const box = control.getBoundingClientRect();
    return {
      x: box.left - origin.left + box.width / 2,
      y: box.top - origin.top + box.height / 2,
      radius: box.width / 2 + 2,
    };
  });
}

// ---- the reader's hands

network.on('click', (press) => {
  const isTouch = press.event.pointerType === 'touch';
  const found = underPointer(press.pointer.DOM, isTouch);
  hover(null);
  select(found && found.type, found && found.id);
});

byId('network').addEventListener('mousemove', (move) => {
  if (move.buttons) return;
  const origin = area();
  const point = { x: move.clientX - origin.left, y: move.clientY - origin.top };
  hover(underPointer(point, false), point);
});
byId('network').addEventListener('mouseleave', () => hover(null));

byId('network').addEventListener('keydown', (press) => {
  const step = 80 / network.getScale();
  const moves = {
    ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step],
  };
  if (press.ctrlKey || press.metaKey || press.altKey) return;
  if (moves[press.key]) {
    const at = network.getViewPosition();
    const [x, y] = moves[press.key];
    network.moveTo({ position: { x: at.x + x, y: at.y + y }, animation: false });
  } else if (press.key === '+' || press.key === '=') zoomBy(1.25);
  else if (press.key === '-') zoomBy(0.8);
  else if (press.key === 'n' || press.key === 'p') stepAgency(press.key === 'n' ? 1 : -1);
  else return;
  press.preventDefault();
});

// To the next agency in order of meetings.
function stepAgency(by) {
  const order = agencies
    .filter((agency) => agency.partners)
    .sort((a, b) => b.count - a.count || a.index - b.index);
  if (!order.length) return;
  const chosen = state.selection && order.findIndex((a) => a.id === state.selection.id);
  const at = chosen === null || chosen < 0 ? (by > 0 ? -1 : 0) : chosen;
  select('agency', order[(at + by + order.length) % order.length].id);
}

byId('zoom-in').addEventListener('click', () => zoomBy(1.3));
byId('zoom-out').addEventListener('click', () => zoomBy(1 / 1.3));
byId('fit').addEventListener('click', frameAll);

followers.push((patch) => {
  if ('theme' in patch) readColours();
  paint();
  const notice = byId('notice');
  notice.hidden = view.lines.length > 0;
  notice.textContent = view.lines.length ? '' : say('nothing_shown');
  network.redraw();
});
