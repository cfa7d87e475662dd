// A meeting as the panel tells it: when, where, who for whom, and the sentences it rests on.

const dot = (hue) => {
  const mark = element('i', { class: 'swatch', 'aria-hidden': 'true' });
  mark.style.background = `var(--hue-${hue})`;
  return mark;
};
const swatch = (actor) => dot(hueOf(actor));

const agencyButton = (agency) =>
  button({ class: 'link' }, () => select('agency', agency.id), agency.label);

const officialButton = (official) =>
  button({ class: 'link' }, () => select('official', official.key), official.name);

const actorButton = (actor) => (actor.type === 'agency' ? agencyButton : officialButton)(actor);

// To the page that a server has of a thing, with all that the graph knows of it.
const ownPage = (room, key) =>
  page.things ? element('p', { class: 'own-page' }, element('a', { href: addressOf(room, key) }, say(`page_of_${room}`))) : null;

function personLine(person) {
  const official = page.officials[person.official];
  const manner = [
    person.role && person.role !== 'attendee' ? sayRole(person.role) : null,
    person.accompanies ? say('accompanies', { name: person.accompanies }) : null,
    person.basis ? say(`basis_${person.basis}`) : null,
    person.represents ? say('represents', { name: person.represents }) : null,
  ].filter((word, i) => word && !(i === 0 && person.role === 'accompanying' && person.accompanies));
  return element(
    'li', {},
    officialButton(official),
    element('span', { class: 'post' }, [person.post, ...manner].filter(Boolean).join(' · '))
  );
}

// The persons of one agency, under its name; an agency without a named person stands alone.
function delegation(meeting, agency) {
  const people = meeting.people.filter((person) => person.agency === agency.index);
  return element(
    'li', { class: 'delegation' },
    element('div', { class: 'of' }, swatch(agency), agencyButton(agency)),
    people.length ? element('ul', {}, people.map(personLine)) : null
  );
}

function presence(meeting, foremost) {
  const all = meeting.agencies.map((index) => agencies[index]);
  const first = foremost.filter((agency) => all.includes(agency));
  const rest = all.filter((agency) => !first.includes(agency));
  const elsewhere = meeting.people.filter((person) => person.agency === undefined);
  const list = (chosen) => chosen.map((agency) => delegation(meeting, agency));
  // A table of three or four is read at a glance; a long one is folded.
  const fold = first.length && rest.length > 2;
  return [
    element(
      'ul', { class: 'presence' },
      list(first.length ? first : all),
      first.length && !fold ? list(rest) : null,
      elsewhere.map(personLine)
    ),
    fold
      ? element(
          'details', {},
          element('summary', {}, `${say('also_present')} (${rest.length})`),
          element('ul', { class: 'presence' }, list(rest))
        )
      : null,
  ];
}

function sourceBlock(source) {
  const article = page.articles[source.article];
  const url = webAddress(article.url);
  const facts = [article.outlet || say('outlet_unknown')];
  if (article.published) facts.push(sayShortDay(article.published));
  return element(
    'div', { class: 'source' },
    (source.quotes || []).map((quote) =>
      element('blockquote', {}, marked(quote.text, quote.phrases))
    ),
    element(
      'p', { class: 'cite' },
      element('span', { class: 'outlet' }, facts.join(' · ')),
      article.headline ? element('cite', {}, article.headline) : null,
      url
        ? element(
            'a',
            { href: url.href, target: '_blank', rel: 'noopener noreferrer', class: 'out' },
            `${say('open_source')} ↗ `, element('span', {}, url.host)
          )
        : null
    )
  );
}

// Where the sources of a meeting do not say the same, and which of them says what.
function differences(meeting) {
  if (!meeting.differs) return null;
  const outlet = (number) => page.articles[meeting.sources[number].article].outlet || say('outlet_unknown');
  const said = { date: sayShortDay, kind: sayKind };
  const row = ({ what, value, sources }) =>
    element(
      'li', {},
      element('span', { class: 'what' }, say(`differs_${what}`)), ' ',
      element('b', {}, (said[what] || String)(value)), ' ',
      element('span', { class: 'outlet' }, say('only_in', { name: [...new Set(sources.map(outlet))].join(', ') }))
    );
  return element(
    'details', { class: 'differs' },
    element('summary', {}, `${say('differs')} (${sayValue(meeting.differs.length)})`),
    element('ul', {}, meeting.differs.map(row))
  );
}

function meetingFacts(meeting) {
  return [
    element('span', { class: 'kind' }, sayKind(meeting.kind)),
    meeting.status === 'held'
      ? null
      : element('span', { class: 'kind status' }, page.text[state.language].status[meeting.status] || meeting.status),
    meeting.place ? element('span', { class: 'place' }, meeting.place) : null,
  ];
}

function meetingBody(meeting, foremost) {
  return [
    meeting.topics.length
      ? element(
          'p', { class: 'topics' },
          meeting.topics.map((topic) =>
            button({ class: 'topic' }, () => select('topic', topic), topic)
          )
        )
      : null,
    meeting.agreement
      ? element('p', { class: 'agreement' }, element('b', {}, say('agreement')), ' ', meeting.agreement)
      : null,
    meeting.sources.length
      ? meeting.sources.slice().reverse().map(sourceBlock)
      : element('p', { class: 'hint' }, say('no_source')),
    differences(meeting),
    presence(meeting, foremost),
    ownPage('meeting', meeting.key),
  ].flat();
}

// The whole card, open.
const meetingCard = (number, foremost) => {
  const meeting = meetings[number];
  return element(
    'article', { class: 'meeting' },
    element('h4', {}, element('time', { datetime: meeting.date }, sayMeetingDay(meeting))),
    element('p', { class: 'facts' }, meetingFacts(meeting)),
    meetingBody(meeting, foremost)
  );
};

// One line that opens into the card; the inside is made when it is first opened.
function meetingFold(number, foremost) {
  const meeting = meetings[number];
  const others = meeting.agencies.map((i) => agencies[i]).filter((a) => !foremost.includes(a));
  const names = others.slice(0, 2).map((agency) => agency.label).join(', ');
  const fold = element(
    'details', { class: 'meeting fold' },
    element(
      'summary', {},
      element('time', { datetime: meeting.date }, meeting.date ? sayShortDay(meeting.date) : say('undated')),
      element('span', {}, sayKind(meeting.kind)),
      element('span', { class: 'with' }, others.length > 2 ? `${names} +${others.length - 2}` : names)
    )
  );
  fold.addEventListener(
    'toggle',
    () => fold.append(
      element('p', { class: 'facts' }, meetingFacts(meeting)),
      ...meetingBody(meeting, foremost).filter(Boolean)
    ),
    { once: true }
  );
  return fold;
}

// A long list in portions: what nobody scrolls to is not built.
function inPortions(items, build, portion = 20, tag = 'div') {
  const list = element(tag, {});
  const more = button({ class: 'wide grow' }, () => grow());
  const grow = () => {
    const done = list.children.length;
    list.append(...items.slice(done, done + portion).map(build));
    const left = items.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = say('show_more', { n: Math.min(left, portion) });
  };
  grow();
  return element('div', {}, list, more);
}
