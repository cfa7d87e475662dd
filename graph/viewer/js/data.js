// The page's data, joined up: agencies know their lines, lines know their meetings.

const readData = (id) => JSON.parse(byId(id).textContent);

const page = readData('data-page');
const meetings = page.meetings;
const agencies = readData('data-nodes');
const lines = readData('data-edges');

const agencyById = new Map(agencies.map((agency) => [agency.id, agency]));
const lineById = new Map(lines.map((line) => [line.id, line]));
const officialByKey = new Map(page.officials.map((official) => [official.key, official]));

agencies.forEach((agency, index) => {
  agency.index = index;
  agency.lines = [];
  agency.meetings = [];
  agency.offices = [];
});
for (const line of lines) {
  line.a = agencyById.get(line.from);
  line.b = agencyById.get(line.to);
  line.a.lines.push(line);
  line.b.lines.push(line);
  // What a line rests on by Newman's count: a meeting of n agencies gives 1/(n-1).
  line.strength = line.meetings.reduce((sum, m) => sum + 1 / (meetings[m].agencies.length - 1), 0);
}
page.officials.forEach((official) => {
  official.meetings = [];
  for (const office of official.offices) agencies[office.agency].offices.push({ ...office, official });
});
const topics = new Map(); // topic -> its meetings' numbers
meetings.forEach((meeting, number) => {
  meeting.number = number;
  meeting.topics = meeting.topics || [];
  meeting.people = meeting.people || [];
  meeting.sources = meeting.sources || [];
  for (const index of meeting.agencies) agencies[index].meetings.push(number);
  for (const index of new Set(meeting.people.map((person) => person.official))) {
    page.officials[index].meetings.push(number);
  }
  for (const topic of meeting.topics) {
    if (!topics.has(topic)) topics.set(topic, []);
    topics.get(topic).push(number);
  }
});

// The layout is made for landscape screens: turn it for portrait ones.
if (innerHeight > innerWidth * 1.1) {
  for (const agency of agencies) [agency.x, agency.y] = [agency.y, agency.x];
}

const partnerOf = (line, agency) => (line.a === agency ? line.b : line.a);
const pairId = (one, other) =>
  lineById.has(`${one.id}|${other.id}`) ? `${one.id}|${other.id}` : `${other.id}|${one.id}`;

// Newest first; what has no date comes last. Meetings stand in order of date.
const newestFirst = (numbers) =>
  numbers.slice().sort((a, b) => (meetings[b].date ? 1 : 0) - (meetings[a].date ? 1 : 0) || b - a);
