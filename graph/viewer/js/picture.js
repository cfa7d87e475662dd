// The picture: vis-network draws circles at the positions it is given, pans and zooms; lines,
// labels, halos, hovering and choosing are ours.

const RADIUS = { least: 7, most: 30, quiet: 5, group: 10 };
// How near a pointer has to come, in pixels of the screen: fingers are wider than cursors.
const REACH = { mouse: 7, touch: 20 };
// Nearer than this scale, or when so few are shown, everybody may be named.
const NEAR = 0.9;
const FEW = 120;
// So many lines are still drawn as a trace when a filter leaves them out.
const MOST_TRACES = 4000;

// A large network is seen from afar: circles and lines grow so that this scale is as small as
// they get when everything is in the frame.
const SMALLEST_SCALE = 0.4;
let magnified = 1;

let colours = {};

function readColours() {
  colours = { hues: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((hue) => cssValue(`--hue-${hue}`)) };
  for (const name of ['paper', 'ink', 'line', 'accent', 'quiet', 'muted']) {
    colours[name] = cssValue(`--${name}`);
  }
}

const GREY = 9;
// The largest communities have a hue of their own, the others share the grey, as sectors do.
const hueOfGroup = (number) => Math.min(number, GREY);
const hueOf = (actor) => {
  if (state.color === 'sector') return page.sectors[actor.sector].hue;
  const number = actor.type === 'group' ? (actor.by === 'community' ? actor.number : GREY) : actor.community;
  return number === undefined ? GREY : hueOfGroup(number);
};

const isLit = (actor) => (view.light ? view.light.actors.has(actor) : actor.partners > 0);

function actorLook(actor) {
  const lit = isLit(actor);
  const size = actor.type === 'group'
    ? RADIUS.group * Math.sqrt(actor.inside.length)
    : Math.min(RADIUS.least + 2.6 * Math.sqrt(actor.count), RADIUS.most);
  return {
    radius: (actor.partners ? size : RADIUS.quiet) * magnified,
    fill: lit ? colours.hues[hueOf(actor)] : colours.quiet,
    hidden: !actor.offered && !lit,
    lit,
  };
}

// Between communities lines are many, long and mostly of one meeting: they stay in the background,
// so that what belongs together can be seen.
const isWithin = (line) => line.a.community === line.b.community;

function lineLook(line) {
  const lit = view.light && view.light.lines.has(line);
  const width = Math.min(1.2 + 1.7 * Math.log2(Math.max(line.count, 1)), 11) * magnified;
  const shy = line.type !== 'bundle' && !isWithin(line);
  if (lit) return { width: width + 1, stroke: colours.accent, opacity: 0.85, lit };
  if (view.light) return { width, stroke: colours.line, opacity: line.stands ? 0.1 : 0 };
  if (!line.stands) return { width: 1, stroke: colours.line, opacity: line.offered ? 0.07 : 0 };
  if (line.faint) return { width: 1, stroke: colours.line, opacity: 0.07 };
  const strength = Math.min(line.strength / (line.type === 'bundle' ? 40 : 4), 1);
  const opacity = shy ? 0.1 + 0.3 * strength * strength : 0.3 + 0.3 * strength;
  return { width: shy ? Math.min(width, 4) : width, stroke: colours.line, opacity };
}

const drawnNodes = new vis.DataSet();
const network = new vis.Network(
  byId('network'),
  { nodes: drawnNodes, edges: [] },
  readData('data-options')
);

// Hand vis-network only what has changed: it redoes work for everything it is given.
function follower(drawn) {
  const known = new Map();
  return {
    put(items) {
      const changed = items.filter((item) => {
        const text = JSON.stringify(item);
        if (known.get(item.id) === text) return false;
        known.set(item.id, text);
        return true;
      });
      if (changed.length) drawn.update(changed);
    },
    keepOnly(items) {
      const ids = new Set(items.map((item) => item.id));
      const gone = [...known.keys()].filter((id) => !ids.has(id));
      for (const id of gone) known.delete(id);
      if (gone.length) drawn.remove(gone);
    },
  };
}
const nodesDrawn = follower(drawnNodes);

// Drawing is dear: not before the camera is set, and never twice for one frame.
let hasCamera = false;
let isStarting = true; // the first picture stands still
let isDue = false;
function redrawSoon() {
  if (isDue || !hasCamera) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    network.redraw();
  });
}

function paint() {
  if (!hasCamera) return;
  const nodes = view.nodes.map((actor) => {
    const look = actorLook(actor);
    actor.radius = look.radius;
    return {
      id: actor.id, x: actor.x, y: actor.y, size: look.radius, hidden: look.hidden,
      color: { background: look.fill, border: colours.paper },
    };
  });
  putLines(
    view.links
      .filter((line) => line.stands || view.links.length <= MOST_TRACES)
      .map((line) => [line, lineLook(line)])
      .filter(([, look]) => look.opacity > 0),
    nodes
  );
  const handed = usesLayer() ? [] : nodes;
  nodesDrawn.put(handed);
  nodesDrawn.keepOnly(handed);
}

// ---- where things are on the screen

const area = () => byId('network').getBoundingClientRect();

// How much of the picture's bottom is covered on a phone: by the zoom buttons, or by the panel, a
// sheet over them.
function coveredHeight() {
  if (!isPhone()) return 0;
  const panel = byId('panel');
  const cover = panel.hidden ? document.querySelector('.zoom') : panel;
  return Math.max(0, area().bottom - cover.getBoundingClientRect().top);
}

function frameActors(chosen, closest) {
  if (!chosen.length) return;
  const { width, height } = area();
  const room = {
    width: width - (isPhone() ? 70 : 130),
    height: Math.max(height - coveredHeight() - (isPhone() && byId('panel').hidden ? 56 : 96), 60),
  };
  const reach = (axis, side) =>
    chosen.reduce((far, a) => {
      const edge = a[axis] + (side === 'max' ? 1 : -1) * Math.max(RADIUS.least * 2, a.radius || 0);
      return Math[side](far, edge);
    }, side === 'max' ? -Infinity : Infinity);
  const [left, right] = [reach('x', 'min'), reach('x', 'max')];
  const [top, bottom] = [reach('y', 'min'), reach('y', 'max')];
  const scale = Math.min(room.width / (right - left), room.height / (bottom - top), closest);
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.max(scale, 0.02),
    offset: { x: 0, y: -coveredHeight() / 2 },
    animation: wantsStillness() || isStarting ? false : { duration: 350, easingFunction: 'easeInOutQuad' },
  });
}

const frameAll = () => frameActors(view.nodes.filter((actor) => actor.offered), 1.5);

// Bring what is selected into the frame; where it is there already, nothing moves.
function frameSelection() {
  if (!view.light || state.table) return;
  const chosen = [...view.light.actors];
  if (!chosen.length) return;
  const { width, height } = area();
  const inside = chosen.every((agency) => {
    const { x, y } = network.canvasToDOM(agency);
    return x > 30 && x < width - 30 && y > 20 && y < height - 56 - coveredHeight();
  });
  if (!inside || network.getScale() < 0.45) frameActors(chosen, 1.1);
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
  for (const actor of view.nodes) {
    if (!actor.partners && !isLit(actor)) continue;
    const distance = Math.hypot(x - actor.x, y - actor.y) - actor.radius;
    if (distance < Math.min(nearest, reach / 2)) [best, nearest] = [selectionOf(actor), distance];
  }
  if (best) return best;
  for (const line of view.links) {
    if (!line.stands) continue;
    // A lit line wins over the faint ones that cross it.
    const favour = view.light && view.light.lines.has(line) ? reach : line.faint ? -reach / 2 : 0;
    const distance = distanceToLine(line, x, y) - favour;
    if (distance < Math.min(nearest, reach)) {
      [best, nearest] = [selectionOf(line), distance];
    }
  }
  return best;
}

const selectionOf = (thing) => ({ type: thing.type || 'line', id: thing.key || thing.id, thing });

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
  if (!same) redrawSoon();
}

function tipText({ type, thing }) {
  if (type === 'group') {
    return [element('strong', {}, thing.label), element('span', {}, sayMembers(thing)), element('span', {}, say('click_opens'))];
  }
  if (thing.a) {
    return [
      element('strong', {}, thing.a.label), element('strong', {}, thing.b.label),
      element('span', {}, sayCount(thing.count)),
    ];
  }
  const numbers = `${say('partners', { n: thing.partners })} · ${sayCount(thing.count)}`;
  return [element('strong', {}, thing.label), element('span', {}, numbers)];
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

let isMoving = false;
let lastLabels = [];
network.on('beforeDrawing', (context) => {
  const scale = network.getScale();
  for (const chosen of [hovered, state.selection]) {
    if (chosen && (chosen.type === 'line' || chosen.type === 'bundle')) {
      const line = chosen.thing || lineById.get(chosen.id) || bundleById(chosen.id);
      if (line) drawHalo(context, line, lineLook(line).width + 12 / scale);
    }
  }
  isMoving = drawLines(context);
});

// Agencies to be named, the most important first.
// From afar those of a single meeting stay without a name: they are many, and small.
function namedActors(scale) {
  const rank = (actor) =>
    isChosen(actor) || (hovered && hovered.thing === actor) ? Infinity : actor.count;
  const all = scale > NEAR || Boolean(view.light) || view.actors <= FEW;
  return view.nodes
    .filter((actor) => isLit(actor) && (all || actor.count > 1 || rank(actor) === Infinity))
    .sort((a, b) => rank(b) - rank(a) || (a.index || 0) - (b.index || 0));
}
const isChosen = (actor) =>
  Boolean(state.selection) && state.selection.type === actor.type && state.selection.id === (actor.key || actor.id);

network.on('afterDrawing', (context) => {
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  const scale = network.getScale();
  const onScreen = (actor) => {
    const { x, y } = network.canvasToDOM(actor);
    return { x, y, radius: actor.radius * scale };
  };
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  // Finding room for labels takes long in a large picture: while it moves, they keep theirs.
  lastLabels = isMoving ? carryLabels(lastLabels, onScreen) : findLabels(context, scale, onScreen);
  drawLabels(context, lastLabels, colours.ink, colours.paper);
  context.restore();
});

function findLabels(context, scale, onScreen) {
  const { width, height } = area();
  const named = namedActors(scale);
  const strong = (actor) =>
    Boolean(
      view.light && state.selection.type !== 'topic' &&
        (isChosen(actor) || (state.selection.type !== state.actors && view.light.actors.size <= 4))
    );
  // The upper end of a chosen line is named above it, not on it.
  const line = state.selection && state.selection.type === 'line' && lineById.get(state.selection.id);
  const steep = line && Math.abs(line.a.y - line.b.y) > Math.abs(line.a.x - line.b.x) / 3;
  const upper = steep ? (line.a.y < line.b.y ? line.a : line.b) : null;
  const frame = { left: 6, top: 6, right: width - 6, bottom: height - 6 - coveredHeight() };
  const measure = (text, bold) => widthOf(context, text, bold);
  const circles = named.map((actor) => ({
    ...onScreen(actor), actor, text: actor.label, strong: strong(actor), above: actor === upper,
  }));
  const isNamed = new Set(named);
  const unnamed = view.nodes.filter((actor) => isLit(actor) && !isNamed.has(actor)).map(onScreen);
  const obstacles = [...circles, ...unnamed, ...controlSpots()];
  return placeLabels(circles, obstacles, frame, measure);
}

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
  // A closed group opens under the pointer.
  if (found && found.type === 'group') openGroup(found.thing);
  else select(found && found.type, found && found.id);
});

function openGroup(group) {
  change({ opened: new Set([...state.opened, group.id]), selection: { type: 'group', id: group.id } });
  frameActors(group.inside, 1.1);
}

function closeGroup(group) {
  const opened = new Set(state.opened);
  opened.delete(group.id);
  change({ opened, selection: null });
  frameAll();
}

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
  else if (press.key === 'n' || press.key === 'p') stepActor(press.key === 'n' ? 1 : -1);
  else if (press.key === 'Enter' && state.selection && state.selection.type === 'group') {
    openGroup(groupById(state.selection.id));
  } else return;
  press.preventDefault();
});

// To the next actor, or closed group, in order of meetings; Enter opens a group.
function stepActor(by) {
  const order = view.nodes
    .filter((actor) => actor.partners)
    .sort((a, b) => b.count - a.count || (a.index || 0) - (b.index || 0));
  if (!order.length) return;
  const chosen = order.findIndex(isChosen);
  const next = order[((chosen < 0 ? (by > 0 ? -1 : 0) : chosen) + by + order.length) % order.length];
  select(next.type, next.key || next.id);
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
  redrawSoon();
  if ('actors' in patch || 'grouping' in patch) frameAll();
});
