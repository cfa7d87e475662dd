// What the state leaves to see: which meetings count, which lines and agencies stand, and which
// of these the selection lights. Recomputed as a whole on every change.

const view = { passes: [], lines: [], meetings: 0, agencies: 0, undatedOut: 0, light: null };

function passesFilters(meeting) {
  if (state.withoutKinds.has(meeting.kind)) return false;
  if (!state.large && meeting.agencies.length > page.large) return false;
  if (!state.planned && meeting.status === 'planned') return false;
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
  for (const agency of agencies) Object.assign(agency, { count: 0, partners: 0, offered: false });
  view.lines = [];
  const counted = new Set();
  for (const line of lines) {
    line.shown = line.meetings.filter((number) => view.passes[number]);
    // Too few meetings even without the other filters: not drawn at all, where the other filters
    // leave a trace, so that the picture keeps its shape.
    line.offered = line.meetings.length >= state.least;
    line.stands = line.shown.length >= state.least && inSectors(line);
    line.faint = line.shown.every((number) => meetings[number].agencies.length > page.large);
    if (line.offered) line.a.offered = line.b.offered = true;
    if (!line.stands) continue;
    view.lines.push(line);
    line.a.partners += 1;
    line.b.partners += 1;
    for (const number of line.shown) counted.add(number);
  }
  for (const agency of agencies) {
    if (agency.partners) agency.count = agency.meetings.filter((m) => counted.has(m)).length;
  }
  view.meetings = counted.size;
  view.agencies = agencies.filter((agency) => agency.partners).length;
  view.light = lightOf(state.selection);
}

// The lines and agencies that a selection lights, or null for no selection.
function lightOf(selection) {
  if (!selection || selection.type === 'about') return null;
  const lit = { lines: new Set(), agencies: new Set() };
  const add = (line) => {
    lit.lines.add(line);
    lit.agencies.add(line.a).add(line.b);
  };
  if (selection.type === 'line') {
    add(lineById.get(selection.id));
  } else if (selection.type === 'agency') {
    const agency = agencyById.get(selection.id);
    lit.agencies.add(agency);
    agency.lines.filter((line) => line.stands).forEach(add);
  } else if (selection.type === 'path') {
    const path = shortestPath(...selection.id.split('|').map((id) => agencyById.get(id)));
    for (const line of path || []) add(line);
    for (const id of selection.id.split('|')) lit.agencies.add(agencyById.get(id));
  } else {
    const numbers =
      selection.type === 'topic'
        ? topics.get(selection.id)
        : officialByKey.get(selection.id).meetings;
    const wanted = new Set(numbers.filter((number) => view.passes[number]));
    view.lines.filter((line) => line.shown.some((number) => wanted.has(number))).forEach(add);
    if (selection.type === 'official') {
      for (const office of officialByKey.get(selection.id).offices) {
        lit.agencies.add(agencies[office.agency]);
      }
    }
  }
  return lit;
}

// The lines from one agency to another over as few as possible, or null.
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
  for (let agency = end; cameBy.get(agency); agency = partnerOf(cameBy.get(agency), agency)) {
    path.unshift(cameBy.get(agency));
  }
  return path;
}
