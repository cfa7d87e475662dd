// The page's data, joined up: actors (agencies, officials) know their lines, lines their meetings.

const readData = (id) => JSON.parse(byId(id).textContent);

const page = readData('data-page');
const meetings = page.meetings;
const agencies = readData('data-nodes');
const officials = page.officials;
const lines = readData('data-edges');

const agencyById = new Map(agencies.map((agency) => [agency.id, agency]));
const officialByKey = new Map(officials.map((official) => [official.key, official]));
const NO_SECTOR = page.sectors.findIndex((sector) => !sector.key);

agencies.forEach((agency, index) => {
  Object.assign(agency, { type: 'agency', key: agency.id, index, lines: [], meetings: [], offices: [] });
});
officials.forEach((official, index) => {
  const home = agencies[official.agency];
  Object.assign(official, {
    type: 'official', id: `~${official.key}`, label: official.name, index, lines: [], meetings: [],
    sector: home ? home.sector : NO_SECTOR, body: home ? home.body : undefined, home,
  });
  for (const office of official.offices || (official.offices = [])) {
    agencies[office.agency].offices.push({ ...office, official });
  }
});
const topics = new Map(); // topic -> its meetings' numbers
meetings.forEach((meeting, number) => {
  meeting.number = number;
  meeting.topics = meeting.topics || [];
  meeting.people = meeting.people || [];
  meeting.sources = meeting.sources || [];
  meeting.articles = meeting.sources.map((source) => source.article);
  // An outlet that carries another's text is no second witness.
  meeting.outlets = meeting.articles
    .map((article) => page.articles[article])
    .filter((article) => article.outlet && !article.copy)
    .map((article) => article.outlet);
  meeting.officials = [...new Set(meeting.people.map((person) => person.official))];
  for (const index of meeting.agencies) agencies[index].meetings.push(number);
  for (const index of meeting.officials) officials[index].meetings.push(number);
  for (const topic of meeting.topics) {
    if (!topics.has(topic)) topics.set(topic, []);
    topics.get(topic).push(number);
  }
});

// How meetings (their numbers, each once) are counted: the reader chooses of what.
const distinct = (numbers, what) => new Set(numbers.flatMap((number) => meetings[number][what])).size;
const COUNTS = {
  meetings: (numbers) => numbers.length,
  outlets: (numbers) => distinct(numbers, 'outlets'),
  articles: (numbers) => distinct(numbers, 'articles'),
};

// The lines between officials are not written out: they follow from who was at which meeting.
function officialLines() {
  const found = new Map();
  for (const meeting of meetings) {
    const present = meeting.officials.slice().sort((a, b) => a - b);
    present.forEach((one, i) => {
      for (const other of present.slice(i + 1)) {
        const [from, to] = [officials[one].id, officials[other].id];
        const id = `${from}|${to}`;
        if (!found.has(id)) found.set(id, { id, from, to, meetings: [] });
        found.get(id).meetings.push(meeting.number);
      }
    });
  }
  return [...found.values()];
}

function joinUp(actors, between, present) {
  const byKey = new Map(actors.map((actor) => [actor.id, actor]));
  for (const line of between) {
    line.a = byKey.get(line.from);
    line.b = byKey.get(line.to);
    line.a.lines.push(line);
    line.b.lines.push(line);
    // What a line rests on by Newman's count: a meeting of n gives 1/(n-1).
    line.strength = line.meetings.reduce((sum, m) => sum + 1 / (present(meetings[m]).length - 1), 0);
  }
  return { actors, lines: between };
}

// The two networks of the page: who draws, counts or lists asks scene() for the one chosen.
const scenes = {
  agency: joinUp(agencies, lines, (meeting) => meeting.agencies),
  official: joinUp(officials, officialLines(), (meeting) => meeting.officials),
};
scenes.official.actors = officials.filter((official) => official.lines.length);
const lineById = new Map([...lines, ...scenes.official.lines].map((line) => [line.id, line]));
const actorById = new Map([...agencies, ...officials].map((actor) => [actor.id, actor]));

// The layout is made for landscape screens: turn it for portrait ones.
if (innerHeight > innerWidth * 1.1) {
  for (const spot of [...agencies, ...officials, ...page.bodies]) [spot.x, spot.y] = [spot.y, spot.x];
}
for (const actor of actorById.values()) actor.spot = { x: actor.x, y: actor.y };

// Where a server has a page of a thing; in a file there is none.
const addressOf = (room, key) => page.things && `${page.things}${room}/${encodeURIComponent(key)}`;

const partnerOf = (line, actor) => (line.a === actor ? line.b : line.a);

// Newest first; what has no date comes last. Meetings stand in order of date.
const newestFirst = (numbers) =>
  numbers.slice().sort((a, b) => (meetings[b].date ? 1 : 0) - (meetings[a].date ? 1 : 0) || b - a);
