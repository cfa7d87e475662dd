// Legend and filters: they say what is shown and choose it.

const toggled = (set, item) => {
  const copy = new Set(set);
  if (!copy.delete(item)) copy.add(item);
  return copy;
};

const mostOf = {}; // the highest count of a line, by what is counted
function most() {
  mostOf[state.count] ??= lines.reduce((high, line) => Math.max(high, tally(line.meetings)), 1);
  return mostOf[state.count];
}
const MOST_COMMUNITIES = 12; // in the legend; the others share the grey

// The legend says what the colors mean: sectors, which choose lines when pressed, or communities,
// which are lit.
function legendItems() {
  const { actors } = scene();
  if (state.color === 'sector') {
    return page.sectors
      .map((sector, i) => ({
        name: saySector(sector), hue: sector.hue, n: actors.filter((actor) => actor.sector === i).length,
        pressed: state.sectors.has(i), off: state.sectors.size > 0 && !state.sectors.has(i),
        press: () => change({ sectors: toggled(state.sectors, i) }),
        used: () => view.nodes.some((node) => node.sector === i && isLit(node)),
      }))
      .filter(({ n }) => n > 0);
  }
  const chosen = state.selection && state.selection.type === 'group' ? state.selection.id : null;
  return [...groupsOf('community').values()].slice(0, MOST_COMMUNITIES).map((group) => ({
    name: sayGroup(group), hue: hueOfGroup(group.number), n: group.inside.length,
    pressed: group.id === chosen, off: chosen !== null && group.id !== chosen,
    press: () => select(group.id === chosen ? null : 'group', group.id),
    used: () => group.number < GREY,
  }));
}
const legendInUse = () => legendItems().filter((item) => item.used()).map(({ name, hue }) => [name, hue]);

function showLegend() {
  const focused = [...byId('legend').querySelectorAll('button')].indexOf(document.activeElement);
  byId('legend').replaceChildren(
    ...legendItems().map(({ name, hue, n, pressed, off, press }) =>
      element(
        'li', {},
        button(
          { 'aria-pressed': String(pressed), class: off ? 'off' : null }, press,
          dot(hue), element('span', { class: 'name' }, name), element('b', {}, sayValue(n))
        )
      )
    )
  );
  const again = byId('legend').querySelectorAll('button')[focused];
  if (again) again.focus();
}

// A row of choices of which one is taken.
function segments(id, name, choices) {
  byId(id).append(
    ...choices.map((value) =>
      button({ 'data-value': value, 'data-text': `${name}_${value}` }, () => change({ [name]: value }))
    )
  );
  followers.push(() => {
    for (const control of byId(id).children) {
      control.setAttribute('aria-pressed', String(control.dataset.value === state[name]));
    }
  });
}
segments('actors', 'actors', ['agency', 'official']);
segments('color', 'color', ['sector', 'community']);
segments('grouping', 'grouping', GROUPINGS);
segments('count', 'count', Object.keys(COUNTS));
byId('actors').hidden = !scenes.official.actors.length;

// Regions with their agencies' meetings; a province has those of its regencies and cities.
const regions = new Map();
for (const { region_code: code, region } of agencies) {
  if (code !== undefined) regions.set(code, region || code);
}
const sayRegion = (code) => regions.get(code) || code;
const meetingsIn = new Map(); // code -> their numbers
for (const meeting of meetings) {
  const codes = new Set();
  for (const index of meeting.agencies) {
    const parts = (agencies[index].region_code || '').split('.');
    parts.forEach((_, i) => codes.add(parts.slice(0, i + 1).join('.')));
  }
  for (const code of codes) {
    if (!meetingsIn.has(code)) meetingsIn.set(code, []);
    meetingsIn.get(code).push(meeting.number);
  }
}

function checkbox(list, turn) {
  const box = element('input', { type: 'checkbox', on: { change: turn } });
  const name = element('span', { class: 'name' });
  const count = element('b', {});
  list.append(element('li', {}, element('label', {}, box, name, count)));
  return { box, name, count };
}

const kindKeys = [...new Set(meetings.map((meeting) => meeting.kind))];
const numbersOf = (test) => meetings.filter(test).map((meeting) => meeting.number);
const kindItems = kindKeys
  .map((kind) => ({ kind, numbers: numbersOf((meeting) => meeting.kind === kind) }))
  .sort((a, b) => b.numbers.length - a.numbers.length || a.kind.localeCompare(b.kind))
  .map(({ kind, numbers }) => ({
    kind, numbers,
    ...checkbox(byId('kinds'), () => change({ withoutKinds: toggled(state.withoutKinds, kind) })),
  }));

const includeItems = [
  { key: 'large', numbers: numbersOf((meeting) => meeting.agencies.length > page.large) },
  { key: 'planned', numbers: numbersOf((meeting) => meeting.status === 'planned') },
]
  .filter(({ numbers }) => numbers.length > 0)
  .map(({ key, numbers }) => ({
    key, numbers, ...checkbox(byId('includes'), () => change({ [key]: !state[key] })),
  }));
byId('include').hidden = !includeItems.length;

const everywhere = element('option', { value: '' });
byId('region').append(
  everywhere,
  ...[...regions.keys()].sort().map((code) => element('option', { value: code }))
);
byId('region').addEventListener('change', () => change({ region: byId('region').value }));
byId('region-box').hidden = !regions.size;
byId('topic-box').hidden = !topics.size;

byId('least-less').addEventListener('click', () => change({ least: Math.max(1, state.least - 1) }));
byId('least-more').addEventListener('click', () => change({ least: Math.min(most(), state.least + 1) }));

byId('reset').addEventListener('click', () => {
  const { sectors, withoutKinds, region, topic, least, large, planned, from, to } = freshState();
  for (const id of Object.keys(pathEnds)) {
    byId(id).value = '';
    pathEnds[id] = null;
  }
  change({ sectors, withoutKinds, region, topic, least, large, planned, from, to, selection: null });
  frameAll();
});

function closeFilters() {
  byId('filters').classList.remove('open');
  byId('open-filters').setAttribute('aria-expanded', 'false');
}
byId('open-filters').addEventListener('click', () => {
  const open = byId('filters').classList.toggle('open');
  byId('open-filters').setAttribute('aria-expanded', String(open));
});
byId('close-filters').addEventListener('click', closeFilters);

// Three circles and three lines, as large as the picture draws them at scale 1.
function drawKeys() {
  const circles = [1, 9, 36].map((n) => (RADIUS.least + 2.6 * Math.sqrt(n)) * 0.5);
  byId('size-key').setAttribute('viewBox', '0 0 60 26');
  byId('size-key').replaceChildren(
    ...circles.map((r, i) => svgElement('circle', { cx: [6, 22, 44][i], cy: 13, r }))
  );
  byId('width-key').setAttribute('viewBox', '0 0 60 26');
  byId('width-key').replaceChildren(
    ...[1, 3, 7].map((width, i) =>
      svgElement('line', { x1: 4, x2: 56, y1: 5 + i * 8, y2: 5 + i * 8, 'stroke-width': width * 0.7 })
    )
  );
}
drawKeys();

// Numbers beside kinds and regions are of everything there is, and follow what is counted.
function showTallies() {
  for (const { numbers, count } of [...kindItems, ...includeItems]) {
    count.textContent = sayValue(tally(numbers));
  }
  for (const option of [...byId('region').options].slice(1)) {
    const { value: code } = option;
    const indent = code.includes('.') ? '\u2003' : '';
    option.textContent = `${indent}${sayRegion(code)} (${sayValue(tally(meetingsIn.get(code) || []))})`;
  }
}

followers.push((patch) => {
  if ('count' in patch || 'language' in patch) showTallies();
  byId('counts').textContent = [
    say(state.actors === 'agency' ? 'agencies' : 'officials', { n: view.actors }),
    say('pairs', { n: view.lines.length }),
    sayCount(view.count),
  ].join(' · ');
  byId('color-title').textContent = say(state.color === 'sector' ? 'sectors' : 'communities');
  showLegend();
  everywhere.textContent = say('everywhere');
  byId('region').value = state.region;
  if (document.activeElement !== byId('topic')) byId('topic').value = state.topic;
  for (const { kind, box, name } of kindItems) {
    box.checked = !state.withoutKinds.has(kind);
    name.textContent = sayKind(kind);
  }
  for (const { key, box, name } of includeItems) {
    box.checked = state[key];
    name.textContent = say(key, { n: page.large });
  }
  byId('size-key-text').textContent = sayBy('size_key');
  byId('width-key-text').textContent = sayBy('width_key');
  byId('count-hint').textContent = say(`counts_${state.count}`);
  byId('least').textContent = sayCount(state.least);
  byId('least-less').disabled = state.least <= 1;
  byId('least-more').disabled = state.least >= most();
});
