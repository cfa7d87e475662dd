// Groups: communities, or the bodies that agencies stand under. They give colors, and for an
// overview each is one circle until the reader opens it.

const GROUPINGS = ['none', 'community', 'body'];
const groupings = new Map(); // 'agency community' -> its groups

function makeGroups(type, by) {
  const members = new Map();
  for (const actor of scenes[type].actors) {
    if (actor[by] === undefined) continue;
    if (!members.has(actor[by])) members.set(actor[by], []);
    members.get(actor[by]).push(actor);
  }
  return new Map(
    [...members].sort(([a], [b]) => a - b).map(([number, inside]) => {
      const foremost = inside.reduce((a, b) => (b.meetings.length > a.meetings.length ? b : a));
      const mean = (axis) => inside.reduce((sum, actor) => sum + actor.spot[axis], 0) / inside.length;
      const body = by === 'body' && type === 'agency' ? page.bodies[number] : null;
      return [number, {
        type: 'group', id: `${by}:${number}`, by, number, inside, foremost,
        sector: foremost.sector, spot: body || { x: mean('x'), y: mean('y') },
      }];
    })
  );
}

function groupsOf(by, type = state.actors) {
  const key = `${type} ${by}`;
  if (!groupings.has(key)) groupings.set(key, makeGroups(type, by));
  return groupings.get(key);
}

const groupById = (id) => {
  const [by, number] = id.split(':');
  return by === 'community' || by === 'body' ? groupsOf(by).get(Number(number)) : undefined;
};

function sayGroup(group) {
  if (group.by === 'body') return (page.bodies[group.number] || {}).label || say('other_bodies');
  return say('community_of', { name: group.foremost.label });
}

// Where members of an opened body stand: around its place, filling a disc like the seeds of a
// sunflower. Communities have a place of their own in the layout.
function settle() {
  for (const actor of scene().actors) [actor.x, actor.y] = [actor.spot.x, actor.spot.y];
  if (state.grouping !== 'body' || state.actors !== 'agency') return;
  for (const group of groupsOf('body').values()) {
    const busiestFirst = group.inside.slice().sort((a, b) => b.meetings.length - a.meetings.length);
    busiestFirst.forEach((actor, i) => {
      const [distance, angle] = [48 * Math.sqrt(i), 2.39996 * i];
      actor.x = group.spot.x + distance * Math.cos(angle);
      actor.y = group.spot.y + distance * Math.sin(angle);
    });
  }
}

// The line of an overview between a closed group and something else; it goes when the group opens.
const bundleById = (id) => view.links.find((link) => link.type === 'bundle' && link.id === id);

const isOpen = (group) => state.grouping === 'none' || state.opened.has(group.id);

// What the picture draws: actors and lines, or in an overview closed groups and bundles of lines.
function computeDrawn() {
  if (state.grouping === 'none') {
    Object.assign(view, { nodes: scene().actors, links: scene().lines });
    return;
  }
  const groups = [...groupsOf(state.grouping).values()];
  const drawnAs = new Map();
  view.nodes = [];
  for (const group of groups) {
    const open = isOpen(group) || group.inside.length === 1;
    for (const actor of group.inside) drawnAs.set(actor, open ? actor : group);
    if (open) view.nodes.push(...group.inside);
    else view.nodes.push(group);
    const counted = new Set();
    for (const actor of group.inside) {
      if (actor.partners) for (const m of actor.meetings) if (view.counted.has(m)) counted.add(m);
    }
    Object.assign(group, {
      x: group.spot.x, y: group.spot.y, label: sayGroup(group), count: tally([...counted]), lines: [],
      partners: group.inside.filter((actor) => actor.partners).length, offered: true,
    });
  }
  const bundles = new Map();
  for (const line of view.lines) {
    const [a, b] = [drawnAs.get(line.a), drawnAs.get(line.b)];
    if (a === b || !a || !b) continue;
    if (a === line.a && b === line.b) {
      bundles.set(line.id, line);
      continue;
    }
    const [one, other] = a.id < b.id ? [a, b] : [b, a];
    const id = `${one.id}||${other.id}`;
    if (!bundles.has(id)) {
      bundles.set(id, {
        type: 'bundle', id, from: one.id, to: other.id, a: one, b: other, lines: [],
        stands: true, offered: true, strength: 0, faint: true, numbers: new Set(),
      });
    }
    const bundle = bundles.get(id);
    bundle.lines.push(line);
    bundle.strength += line.strength;
    bundle.faint = bundle.faint && line.faint;
    for (const number of line.shown) bundle.numbers.add(number);
  }
  view.links = [...bundles.values()];
  for (const bundle of view.links) {
    if (bundle.numbers) bundle.count = tally((bundle.shown = [...bundle.numbers]));
  }
}
