// Legend and filters: they say what is shown and choose it.

const toggled = (set, item) => {
  const copy = new Set(set);
  if (!copy.delete(item)) copy.add(item);
  return copy;
};

const most = Math.max(1, ...lines.map((line) => line.meetings.length));
const agenciesIn = page.sectors.map((_, i) => agencies.filter((a) => a.sector === i).length);

const legendItems = page.sectors.map((sector, i) => {
  const name = element('span', { class: 'name' });
  const control = button(
    {}, () => change({ sectors: toggled(state.sectors, i) }),
    swatch(i), name, element('b', {}, String(agenciesIn[i]))
  );
  byId('legend').append(element('li', {}, control));
  return { sector, name, control };
});

function checkbox(list, turn) {
  const box = element('input', { type: 'checkbox', on: { change: turn } });
  const name = element('span', { class: 'name' });
  const count = element('b', {});
  list.append(element('li', {}, element('label', {}, box, name, count)));
  return { box, name, count };
}

const kindKeys = [...new Set(meetings.map((meeting) => meeting.kind))];
const countOf = (test) => meetings.filter(test).length;
const kindItems = kindKeys
  .map((kind) => ({ kind, n: countOf((meeting) => meeting.kind === kind) }))
  .sort((a, b) => b.n - a.n || a.kind.localeCompare(b.kind))
  .map(({ kind, n }) => ({
    kind, n,
    ...checkbox(byId('kinds'), () => change({ withoutKinds: toggled(state.withoutKinds, kind) })),
  }));

const includeItems = [
  { key: 'large', n: countOf((meeting) => meeting.agencies.length > page.large) },
  { key: 'planned', n: countOf((meeting) => meeting.status === 'planned') },
]
  .filter(({ n }) => n > 0)
  .map(({ key, n }) => ({
    key, n, ...checkbox(byId('includes'), () => change({ [key]: !state[key] })),
  }));
byId('include').hidden = !includeItems.length;

byId('least-less').addEventListener('click', () => change({ least: Math.max(1, state.least - 1) }));
byId('least-more').addEventListener('click', () => change({ least: Math.min(most, state.least + 1) }));

byId('reset').addEventListener('click', () => {
  const { sectors, withoutKinds, least, large, planned, from, to } = freshState();
  for (const id of Object.keys(pathEnds)) {
    byId(id).value = '';
    pathEnds[id] = null;
  }
  change({ sectors, withoutKinds, least, large, planned, from, to, selection: null });
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

followers.push(() => {
  byId('counts').textContent = [
    say('agencies', { n: view.agencies }),
    say('pairs', { n: view.lines.length }),
    say('meetings', { n: view.meetings }),
  ].join(' · ');
  legendItems.forEach(({ sector, name, control }, i) => {
    name.textContent = saySector(sector);
    control.setAttribute('aria-pressed', String(state.sectors.has(i)));
    control.classList.toggle('off', state.sectors.size > 0 && !state.sectors.has(i));
  });
  for (const { kind, n, box, name, count } of kindItems) {
    box.checked = !state.withoutKinds.has(kind);
    name.textContent = sayKind(kind);
    count.textContent = sayValue(n);
  }
  for (const { key, n, box, name, count } of includeItems) {
    box.checked = state[key];
    name.textContent = say(key, { n: page.large });
    count.textContent = sayValue(n);
  }
  byId('least').textContent = sayValue(state.least);
  byId('least-less').disabled = state.least <= 1;
  byId('least-more').disabled = state.least >= most;
  byId('threshold').hidden = page.least === 1;
  byId('threshold').textContent = say('threshold', { n: page.least });
});
