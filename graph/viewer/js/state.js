// What the reader has chosen. It lives in the address (#...), so that a link opens the same view.
// Everything on the page follows from it: change(...) is the only way to alter it.

// The language that a page of a server was asked for, else the first of the browser's that it has.
function readersLanguage() {
  const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
  return asked.map((tag) => (tag || '').slice(0, 2)).find((tag) => page.text[tag]) || 'id';
}
const firstLanguage = page.language === 'auto' ? readersLanguage() : page.language;

const lastBar = Math.max(page.bars.length - 1, 0);

const freshState = () => ({
  language: firstLanguage,
  theme: 'auto',
  table: false,
  actors: 'agency', // or 'official': whose network
  color: 'sector', // or 'community'
  grouping: agencies.length > page.overview ? 'community' : 'none', // or 'body'
  opened: new Set(), // ids of groups
  selection: null, // { type: one of TYPES, id }
  sectors: new Set(), // none chosen means all
  withoutKinds: new Set(),
  region: '', // code
  topic: '',
  count: page.count, // one of COUNTS
  least: 1,
  large: true,
  planned: true,
  from: 0,
  to: lastBar,
});

const state = freshState();
const followers = []; // functions called with what changed, in order of the scripts

const scene = () => scenes[state.actors];

function change(patch) {
  if (patch.actors && patch.actors !== state.actors) patch = { selection: null, opened: new Set(), ...patch };
  if (patch.grouping && patch.grouping !== state.grouping) patch = { opened: new Set(), ...patch };
  Object.assign(state, patch);
  if ('actors' in patch || 'grouping' in patch) settle();
  computeView();
  for (const follow of followers) follow(patch);
  writeAddress();
}

const select = (type, id) => change({ selection: type ? { type, id } : null });

const isWholePeriod = () => state.from === 0 && state.to === lastBar;

const TYPES = {
  a: 'agency', l: 'line', o: 'official', t: 'topic', p: 'path', i: 'about', g: 'group', b: 'bundle',
};

function isThere(type, id) {
  if (type === 'agency') return agencyById.has(id);
  if (type === 'line') return lineById.has(id);
  if (type === 'official') return officialByKey.has(id);
  if (type === 'topic') return topics.has(id);
  if (type === 'path') return id.split('|').every((end) => actorById.has(end));
  if (type === 'group') return /^(community|body):\d+$/.test(id);
  if (type === 'bundle') {
    const ends = id.split('||');
    return ends.length === 2 && ends.every((end) => actorById.has(end) || isThere('group', end));
  }
  return type === 'about';
}

const CHOICES = {
  actors: ['agency', 'official'], color: ['sector', 'community'], grouping: ['none', 'community', 'body'],
  count: Object.keys(COUNTS),
};

const tally = (numbers) => COUNTS[state.count](numbers);
const sayCount = (n) => say(`n_${state.count}`, { n });
const sayTally = (numbers) => sayCount(tally(numbers));
// Words for something that goes by what is counted: a key of the legend, the head of a list.
const sayBy = (key) => say(key, { what: say(`count_${state.count}`).toLocaleLowerCase(locale()) });

function writeAddress() {
  const fresh = freshState();
  const parts = new URLSearchParams();
  if (state.language !== fresh.language) parts.set('lang', state.language);
  if (state.theme !== 'auto') parts.set('theme', state.theme);
  if (state.table) parts.set('view', 'table');
  for (const name of Object.keys(CHOICES)) {
    if (state[name] !== fresh[name]) parts.set(name, state[name]);
  }
  for (const id of state.opened) parts.append('open', id);
  if (state.selection) {
    const letter = Object.keys(TYPES).find((key) => TYPES[key] === state.selection.type);
    parts.set('on', letter + (state.selection.id || ''));
  }
  for (const sector of state.sectors) parts.append('sector', page.sectors[sector].key);
  for (const kind of state.withoutKinds) parts.append('without', kind);
  if (state.region) parts.set('region', state.region);
  if (state.topic) parts.set('topic', state.topic);
  if (state.least !== fresh.least) parts.set('least', state.least);
  if (!state.large) parts.append('without', '-large');
  if (!state.planned) parts.append('without', '-planned');
  if (!isWholePeriod()) parts.set('period', `${page.bars[state.from]}..${page.bars[state.to]}`);
  const hash = parts.toString();
  try {
    history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // Some viewers of local files forbid it; the page works without.
  }
}

// The state that the address names; what it gets wrong is passed over.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const found = freshState();
  if (page.text[parts.get('lang')]) found.language = parts.get('lang');
  if (['light', 'dark'].includes(parts.get('theme'))) found.theme = parts.get('theme');
  found.table = parts.get('view') === 'table';
  for (const [name, choices] of Object.entries(CHOICES)) {
    if (choices.includes(parts.get(name))) found[name] = parts.get(name);
  }
  found.opened = new Set(parts.getAll('open').filter((id) => isThere('group', id)));
  const on = parts.get('on') || '';
  const [type, id] = [TYPES[on[0]], on.slice(1)];
  if (type && isThere(type, id)) found.selection = { type, id };
  for (const key of parts.getAll('sector')) {
    const sector = page.sectors.findIndex((candidate) => candidate.key === key);
    if (sector >= 0) found.sectors.add(sector);
  }
  const without = parts.getAll('without');
  found.large = !without.includes('-large');
  found.planned = !without.includes('-planned');
  found.withoutKinds = new Set(without.filter((kind) => !kind.startsWith('-')));
  if (agencies.some((agency) => agency.region_code === parts.get('region'))) found.region = parts.get('region');
  if (topics.has(parts.get('topic'))) found.topic = parts.get('topic');
  const least = Number(parts.get('least'));
  if (Number.isInteger(least) && least > 0) found.least = least;
  const [from, to] = (parts.get('period') || '').split('..').map((bar) => page.bars.indexOf(bar));
  if (from >= 0 && to >= from) Object.assign(found, { from, to });
  return found;
}
