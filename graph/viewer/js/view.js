// What the state leaves to see: which meetings count, which lines and actors stand, and which of
// these the selection lights. Recomputed as a whole on every change.

const view = {
  passes: [], counted: new Set(), lines: [], nodes: [], links: [],
  count: 0, actors: 0, undatedOut: 0, light: null,
};

const inRegion = (agency) =>
  agency.region_code !== undefined && `${agency.region_code}.`.startsWith(`${state.region}.`);

function passesFilters(meeting) {
  if (state.withoutKinds.has(meeting.kind)) return false;
  if (!state.large && meeting.agencies.length > page.large) return false;
  if (!state.planned && meeting.status === 'planned') return false;
  if (state.topic && !meeting.topics.includes(state.topic)) return false;
  if (state.region && !meeting.agencies.some((index) => inRegion(agencies[index]))) return false;
  return true;
}

function passesPeriod(meeting) {
  if (isWholePeriod()) return true;
  return meeting.bar !== undefined && meeting.bar >= state.from && meeting.bar <= state.to;
}

const inSectors = (line) =>
  !state.sectors.size || state.sectors.has(line.a.sector) || state.sectors.has(line.b.sector);

function computeView() {
  view.undatedOut = 0;
  view.passes = meetings.map((meeting) => {
    if (!passesFilters(meeting)) return false;
    if (passesPeriod(meeting)) return true;
    if (meeting.bar === undefined) view.undatedOut += 1;
    return false;
  });
  const everything = view.passes.every(Boolean);
  // Panels tell of agencies whichever network is drawn; the one drawn comes last and stays.
  for (const type of ['official', 'agency'].sort((a) => (a === state.actors ? 1 : -1))) {
    computeScene(scenes[type], everything);
  }
  computeDrawn();
  view.light = lightOf(state.selection);
}

function computeScene({ actors, lines: between }, everything) {
  for (const actor of actors) Object.assign(actor, { count: 0, partners: 0, offered: false });
  view.lines = [];
  view.counted = new Set();
  const isLarge = meetings.map((meeting) => meeting.agencies.length > page.large);
  for (const line of between) {
    line.shown = everything ? line.meetings : line.meetings.filter((number) => view.passes[number]);
    line.count = tally(line.shown);
    // Too little even without the other filters: not drawn at all, where the other filters
    // leave a trace, so that the picture keeps its shape.
    line.offered = (everything ? line.count : tally(line.meetings)) >= state.least;
    line.stands = line.count >= state.least && inSectors(line);
    line.faint = line.shown.every((number) => isLarge[number]);
    if (line.offered) line.a.offered = line.b.offered = true;
    if (!line.stands) continue;
    view.lines.push(line);
    line.a.partners += 1;
    line.b.partners += 1;
    for (const number of line.shown) view.counted.add(number);
  }
  view.actors = 0;
  for (const actor of actors) {
    if (!actor.partners) continue;
    actor.count = tally(actor.meetings.filter((number) => view.counted.has(number)));
    view.actors += 1;
  }
  view.count = tally([...view.counted]);
}

// The lines and actors that a selection lights, or null for no selection.
function lightOf(selection) {
  if (!selection || selection.type === 'about') return null;
  const lit = { lines: new Set(), actors: new Set() };
  const add = (line) => {
    lit.lines.add(line);
    lit.actors.add(line.a).add(line.b);
  };
  const { type, id } = selection;
  if (type === 'line') {
    add(lineById.get(id));
  } else if (type === state.actors) {
    const actor = type === 'agency' ? agencyById.get(id) : officialByKey.get(id);
    lit.actors.add(actor);
    actor.lines.filter((line) => line.stands).forEach(add);
  } else if (type === 'path') {
    const path = shortestPath(...id.split('|').map((end) => actorById.get(end)));
    for (const line of path || []) add(line);
    for (const end of id.split('|')) lit.actors.add(actorById.get(end));
  } else if (type === 'group') {
    const group = groupById(id);
    for (const actor of group ? group.inside : []) lit.actors.add(actor);
    view.lines.filter((line) => lit.actors.has(line.a) && lit.actors.has(line.b)).forEach(add);
  } else if (type === 'bundle') {
    const bundle = bundleById(id);
    (bundle ? bundle.lines : []).forEach(add);
  } else if (type === 'agency') {
    // Among officials: those who act for the agency.
    for (const official of scene().actors) if (official.home === agencyById.get(id)) lit.actors.add(official);
  } else {
    const numbers = type === 'topic' ? topics.get(id) : officialByKey.get(id).meetings;
    const wanted = new Set(numbers.filter((number) => view.passes[number]));
    view.lines.filter((line) => line.shown.some((number) => wanted.has(number))).forEach(add);
    if (type === 'official') {
      for (const office of officialByKey.get(id).offices) lit.actors.add(agencies[office.agency]);
    }
  }
  return lightDrawn(lit);
}

// In an overview a closed group is lit with any of its members, and a bundle with any of its lines.
function lightDrawn(lit) {
  if (state.grouping === 'none') return lit;
  for (const node of view.nodes) {
    if (node.type === 'group' && node.inside.some((actor) => lit.actors.has(actor))) lit.actors.add(node);
  }
  for (const link of view.links) {
    if (link.type === 'bundle' && link.lines.some((line) => lit.lines.has(line))) lit.lines.add(link);
  }
  const drawn = new Set(view.nodes);
  lit.actors = new Set([...lit.actors].filter((actor) => drawn.has(actor)));
  return lit;
}

// The lines from one actor to another over as few as possible, or null.
function shortestPath(start, end) {
  const cameBy = new Map([[start, null]]);
  const queue = [start];
  for (let at = 0; at < queue.length && !cameBy.has(end); at += 1) {
    for (const line of queue[at].lines) {
      const next = partnerOf(line, queue[at]);
      if (!line.stands || cameBy.has(next)) continue;
      cameBy.set(next, line);
      queue.push(next);
    }
  }
  if (!cameBy.has(end)) return null;
  const path = [];
  for (let actor = end; cameBy.get(actor); actor = partnerOf(cameBy.get(actor), actor)) {
    path.unshift(cameBy.get(actor));
  }
  return path;
}
