// The panel beside the picture (under it on a phone): what the selection rests on.

const heading = (text) => element('h3', {}, text);
const hint = (text) => element('p', { class: 'hint' }, text);

const definition = (entries) =>
  element(
    'dl', {},
    entries
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)))
  );

// A row with a number and a bar for it, which opens something.
function countRow(label, actor, count, most, press) {
  const bar = element('span', { class: 'measure', 'aria-hidden': 'true' });
  bar.style.width = `${(100 * count) / most}%`;
  return element(
    'li', {},
    button(
      { class: 'row' }, press,
      actor === null ? null : swatch(actor), element('span', { class: 'name' }, label),
      element('b', {}, sayValue(count)), bar
    )
  );
}

function linePanel(line) {
  const shown = newestFirst(line.shown);
  const days = shown.map((number) => meetings[number].date).filter(Boolean);
  const period = days.length > 1 ? ` · ${sayShortDay(days[days.length - 1])} – ${sayShortDay(days[0])}` : '';
  return [
    element(
      'h2', { class: 'pair' },
      [line.a, line.b].map((actor) => element('span', {}, swatch(actor), actorButton(actor)))
    ),
    hint(sayTally(shown) + period),
    shown.length ? null : hint(say('nothing_shown')),
    inPortions(shown, (number) => meetingCard(number, [line.a, line.b])),
  ];
}

function officeLine(office) {
  const facts = [
    office.former ? say('former') : null,
    office.attested ? say('attested', { date: sayShortDay(office.attested) }) : null,
  ].filter(Boolean);
  return facts.length ? element('span', { class: 'manner' }, facts.join(', ')) : null;
}

// Those held last first, former ones at the end.
const inTime = (offices) =>
  offices
    .slice()
    .sort((a, b) => Boolean(a.former) - Boolean(b.former) || (b.attested || '').localeCompare(a.attested || ''));

function agencyPanel(agency) {
  const partners = agency.lines
    .filter((line) => line.stands)
    .sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
  const attended = newestFirst(agency.meetings.filter((number) => view.passes[number]));
  const most = partners.length ? partners[0].count : 1;
  return [
    element('h2', { class: 'subject' }, swatch(agency), agency.label),
    hint(`${say('partners', { n: partners.length })} · ${sayTally(attended)}`),
    definition([
      [say('kinds_of_agency'), agency.kind],
      [say('sector'), saySector(page.sectors[agency.sector])],
      [say('parent'), agency.parent],
      [say('region'), agency.region],
      [say('community'), communityButton(agency)],
    ]),
    ownPage('agency', agency.key),
    heading(say('offices')),
    agency.offices.length
      ? element(
          'ul', { class: 'holders' },
          inTime(agency.offices)
            .map((office) =>
              element(
                'li', {}, element('span', { class: 'post' }, office.post),
                officialButton(office.official), officeLine(office)
              )
            )
        )
      : hint(say('no_offices')),
    heading(sayBy('partners_title')),
    inPortions(partners, (line) => {
      const partner = partnerOf(line, agency);
      const open = () => select('line', line.id);
      return countRow(partner.label, partner, line.count, most, open);
    }, 12, 'ul'),
    measuresOf(agency),
    heading(say('meetings_title')),
    inPortions(attended, (number) => meetingFold(number, [agency])),
  ];
}

const communityButton = (actor) => {
  const group = groupsOf('community', actor.type).get(actor.community);
  if (!group) return null;
  return button({ class: 'link' }, () => change({ actors: actor.type, selection: { type: 'group', id: group.id } }),
    `${sayGroup(group)} (${sayValue(group.inside.length)})`);
};

// The measures of the whole network, with the rank of this agency among all: filters do not change
// them, and the page says so.
function measuresOf(agency) {
  const row = (name, i) => {
    const value = agency.measures[i];
    if (value === null) return null;
    const all = agencies.map((other) => other.measures[i]).filter((other) => other !== null);
    // Little constraint is what stands out.
    const ahead = all.filter((other) => (name === 'constraint' ? other < value : other > value)).length;
    return element(
      'tr', {}, element('th', { scope: 'row' }, say(`measure_${name}`)),
      element('td', { class: 'number' }, sayMeasure(value)),
      element('td', { class: 'number' }, say('rank', { n: ahead + 1 }))
    );
  };
  return element(
    'details', { class: 'measures' },
    element('summary', {}, say('measures')),
    hint(say('measures_of', { n: agencies.length })),
    element(
      'table', {},
      element('caption', { class: 'unseen' }, say('measures')),
      element('tbody', {}, page.measures.map(row))
    )
  );
}

const sayMembers = (group) =>
  say(state.actors === 'agency' ? 'agencies' : 'officials', { n: group.inside.length });

function groupPanel(id) {
  const group = groupById(id);
  if (!group) return [hint(say('nothing_shown'))];
  const members = group.inside.slice().sort((a, b) => b.count - a.count || a.index - b.index);
  const most = Math.max(1, members[0].count);
  const closed = state.grouping === group.by && !state.opened.has(group.id) && group.inside.length > 1;
  const open = state.grouping === group.by && state.opened.has(group.id);
  return [
    element('p', { class: 'over' }, say(group.by)),
    element('h2', { class: 'subject' }, swatch(group), sayGroup(group)),
    hint(`${sayMembers(group)} · ${sayTally([...new Set(members.flatMap((a) => a.meetings))])}`),
    closed ? button({ class: 'wide' }, () => openGroup(group), say('open_group')) : null,
    open ? button({ class: 'wide' }, () => closeGroup(group), say('close_group')) : null,
    inPortions(members, (actor) =>
      countRow(actor.label, actor, actor.count, most, () => select(actor.type, actor.key)), 20, 'ul'),
  ];
}

// The lines that an overview draws as one.
function bundlePanel(id) {
  const bundle = bundleById(id);
  if (!bundle) return [hint(say('nothing_shown'))];
  const pairs = bundle.lines.slice().sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
  return [
    element('h2', { class: 'pair' }, [bundle.a, bundle.b].map((end) => element('span', {}, swatch(end), end.label))),
    hint(`${say('pairs', { n: pairs.length })} · ${sayCount(bundle.count)}`),
    inPortions(pairs, (line) =>
      countRow(`${line.a.label} – ${line.b.label}`, null, line.count, pairs[0].count, () =>
        select('line', line.id)), 20, 'ul'),
  ];
}

function officialPanel(official) {
  const partners = official.lines
    .filter((line) => line.stands)
    .sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
  const attended = newestFirst(official.meetings.filter((number) => view.passes[number]));
  return [
    element('h2', { class: 'subject' }, official.name),
    hint(sayTally(attended)),
    ownPage('person', official.key),
    heading(say('offices_of')),
    official.offices.length
      ? element(
          'ul', { class: 'holders' },
          inTime(official.offices).map((office) =>
            element(
              'li', {}, element('span', { class: 'post' }, office.post),
              agencyButton(agencies[office.agency]), officeLine(office)
            )
          )
        )
      : hint(say('no_offices')),
    partners.length ? heading(sayBy('met_officials')) : null,
    inPortions(partners, (line) => {
      const partner = partnerOf(line, official);
      return countRow(partner.label, partner, line.count, partners[0].count, () => select('line', line.id));
    }, 12, 'ul'),
    heading(say('meetings_title')),
    inPortions(attended, (number) => meetingFold(number, [])),
  ];
}

function topicPanel(topic) {
  const about = newestFirst(topics.get(topic).filter((number) => view.passes[number]));
  return [
    element('p', { class: 'over' }, say('topic')),
    element('h2', { class: 'subject' }, topic),
    hint(sayTally(about)),
    button({ class: 'wide' }, () => change({ topic: state.topic === topic ? '' : topic }),
      say(state.topic === topic ? 'topic_all' : 'topic_only')),
    inPortions(about, (number) => meetingFold(number, [])),
  ];
}

function pathPanel(id) {
  const [start, end] = id.split('|').map((key) => actorById.get(key));
  const path = shortestPath(start, end);
  const row = (line) =>
    countRow(`${line.a.label} – ${line.b.label}`, null, line.count, line.count, () =>
      select('line', line.id)
    );
  return [
    element('p', { class: 'over' }, say('path')),
    element(
      'h2', { class: 'pair' },
      [start, end].map((actor) => element('span', {}, swatch(actor), actorButton(actor)))
    ),
    hint(path ? say('path_steps', { n: path.length }) : say('path_none')),
    path ? element('ul', { class: 'rows' }, path.map(row)) : null,
  ];
}

const paragraphs = (text) =>
  (text || '').split(/\n\s*\n/).filter(Boolean).map((part) => element('p', { class: 'said' }, part));

// F1 of what a page is made of, and how many quotations say what is claimed, as measured with this
// version; null where the model has no figures.
const STATED = ['persons', 'posts', 'organizations', 'pairs', 'participants'];
function sayFigures() {
  const figure = (subject) => page.figures[`extraction.${subject}.f1`];
  const named = STATED.filter(figure);
  if (!named.length) return null;
  const share = (value) => value.toLocaleString(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const quotes = page.figures['evidence.quotes.precision'];
  return [
    say('figures_f1', {
      n: figure(named[0]).articles,
      list: named.map((subject) => `${say(`figure_${subject}`)} ${share(figure(subject).value)}`).join(', '),
    }),
    quotes ? say('figures_quotes', { n: quotes.articles, share: `${sayValue(Math.round(100 * quotes.value))} %` }) : '',
  ].join(' ').trim();
}

function aboutPanel() {
  const used = new Set(meetings.flatMap((m) => m.sources.map((source) => source.article)));
  const days = meetings.map((meeting) => meeting.date).filter(Boolean).sort();
  const outlets = new Map();
  for (const number of used) {
    const outlet = page.articles[number].outlet;
    if (outlet) outlets.set(outlet, (outlets.get(outlet) || 0) + 1);
  }
  const ranked = [...outlets].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const undated = meetings.length - days.length;
  return [
    paragraphs(page.about),
    element('h2', { class: 'subject' }, say('made')),
    element('p', {}, say('made_text', { version: page.version })),
    definition([
      [say('articles_read'), page.read ? sayValue(page.read) : null],
      [say('articles_used'), sayValue(used.size)],
      [say('count_meetings'), sayValue(meetings.length)],
      [say('count_undated'), undated ? sayValue(undated) : null],
      [say('count_agencies'), sayValue(agencies.length)],
      [say('count_pairs'), sayValue(lines.length)],
      [say('count_officials'), sayValue(page.officials.length)],
      [say('count_period'), days.length ? `${sayDay(days[0])} – ${sayDay(days[days.length - 1])}` : null],
      [say('quality'), page.quality || sayFigures() || say('quality_unknown')],
      [say('version'), `sinergi ${page.version}`],
    ]),
    heading(say('license')),
    page.license ? paragraphs(page.license) : null,
    element('p', { class: 'hint' }, say('license_text')),
    ranked.length ? heading(say('outlets')) : null,
    inPortions(ranked, ([outlet, count]) =>
      element('p', { class: 'tally' }, element('span', {}, outlet), element('b', {}, sayValue(count)))
    ),
  ];
}

function welcomePanel() {
  const strongest = view.lines
    .slice()
    .sort((a, b) => b.count - a.count || b.strength - a.strength)
    .slice(0, 6);
  const busiest = scene().actors
    .filter((agency) => agency.partners)
    .sort((a, b) => b.count - a.count || a.index - b.index)
    .slice(0, 6);
  const pairs = strongest.map((line) =>
    countRow(`${line.a.label} – ${line.b.label}`, null, line.count, strongest[0].count, () =>
      select('line', line.id)
    )
  );
  const hubs = busiest.map((agency) =>
    countRow(agency.label, agency, agency.count, busiest[0].count, () =>
      select(agency.type, agency.key)
    )
  );
  return [
    element('h2', { class: 'subject' }, say('welcome')),
    element('p', { class: 'lead' }, say(state.actors === 'agency' ? 'welcome_text' : 'welcome_officials')),
    state.grouping === 'none' ? null : element('p', { class: 'lead' }, say('overview_text')),
    pairs.length ? heading(sayBy('strongest')) : null,
    element('ul', { class: 'rows' }, pairs),
    hubs.length ? heading(sayBy('busiest')) : null,
    element('ul', { class: 'rows' }, hubs),
  ];
}

const PANELS = {
  line: (id) => linePanel(lineById.get(id)),
  agency: (id) => agencyPanel(agencyById.get(id)),
  official: (id) => officialPanel(officialByKey.get(id)),
  topic: topicPanel,
  path: pathPanel,
  group: groupPanel,
  bundle: bundlePanel,
  about: aboutPanel,
};

// Wide screens always have the panel, so that the picture beside it keeps its size.
const hasRoomForPanel = () => matchMedia('(min-width: 1100px)').matches && !state.table && !page.embed;

function showPanel() {
  const chosen = state.selection;
  byId('panel').hidden = !chosen && !hasRoomForPanel();
  byId('close').hidden = !chosen;
  const content = chosen ? PANELS[chosen.type](chosen.id) : welcomePanel();
  byId('panel-body').replaceChildren(...content.flat().filter(Boolean));
  byId('about').setAttribute('aria-pressed', String(Boolean(chosen && chosen.type === 'about')));
}

followers.push((patch) => {
  showPanel();
  if (!('selection' in patch)) return;
  byId('panel').scrollTop = 0;
  frameSelection();
});

byId('close').addEventListener('click', () => {
  select(null);
  byId(state.table ? 'table-area' : 'network').focus();
});
byId('about').addEventListener('click', () => {
  const open = state.selection && state.selection.type === 'about';
  select(open ? null : 'about', '');
});
