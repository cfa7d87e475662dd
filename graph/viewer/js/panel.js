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
function countRow(label, sector, count, most, press) {
  const bar = element('span', { class: 'measure', 'aria-hidden': 'true' });
  bar.style.width = `${(100 * count) / most}%`;
  return element(
    'li', {},
    button(
      { class: 'row' }, press,
      sector === null ? null : swatch(sector), element('span', { class: 'name' }, label),
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
      [line.a, line.b].map((agency) => element('span', {}, swatch(agency.sector), agencyButton(agency)))
    ),
    hint(say('meetings', { n: shown.length }) + period),
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

function agencyPanel(agency) {
  const partners = agency.lines
    .filter((line) => line.stands)
    .sort((a, b) => b.shown.length - a.shown.length || a.id.localeCompare(b.id));
  const attended = newestFirst(agency.meetings.filter((number) => view.passes[number]));
  const most = partners.length ? partners[0].shown.length : 1;
  return [
    element('h2', { class: 'subject' }, swatch(agency.sector), agency.label),
    hint(`${say('partners', { n: partners.length })} · ${say('meetings', { n: attended.length })}`),
    definition([
      [say('kinds_of_agency'), agency.kind],
      [say('sector'), saySector(page.sectors[agency.sector])],
      [say('parent'), agency.parent],
      [say('region'), agency.region],
    ]),
    heading(say('offices')),
    agency.offices.length
      ? element(
          'ul', { class: 'holders' },
          agency.offices
            .slice()
            .sort((a, b) => Boolean(a.former) - Boolean(b.former) || (b.attested || '').localeCompare(a.attested || ''))
            .map((office) =>
              element(
                'li', {}, element('span', { class: 'post' }, office.post),
                officialButton(office.official), officeLine(office)
              )
            )
        )
      : hint(say('no_offices')),
    heading(say('partners_title')),
    inPortions(partners, (line) => {
      const partner = partnerOf(line, agency);
      const open = () => select('line', line.id);
      return countRow(partner.label, partner.sector, line.shown.length, most, open);
    }, 12, 'ul'),
    heading(say('meetings_title')),
    inPortions(attended, (number) => meetingFold(number, [agency])),
  ];
}

function officialPanel(official) {
  const attended = newestFirst(official.meetings.filter((number) => view.passes[number]));
  return [
    element('h2', { class: 'subject' }, official.name),
    hint(say('meetings', { n: attended.length })),
    heading(say('offices_of')),
    official.offices.length
      ? element(
          'ul', { class: 'holders' },
          official.offices.map((office) =>
            element(
              'li', {}, element('span', { class: 'post' }, office.post),
              agencyButton(agencies[office.agency]), officeLine(office)
            )
          )
        )
      : hint(say('no_offices')),
    heading(say('meetings_title')),
    inPortions(attended, (number) => meetingFold(number, [])),
  ];
}

function topicPanel(topic) {
  const about = newestFirst(topics.get(topic).filter((number) => view.passes[number]));
  return [
    element('p', { class: 'over' }, say('topic')),
    element('h2', { class: 'subject' }, topic),
    hint(say('meetings', { n: about.length })),
    inPortions(about, (number) => meetingFold(number, [])),
  ];
}

function pathPanel(id) {
  const [start, end] = id.split('|').map((key) => agencyById.get(key));
  const path = shortestPath(start, end);
  const row = (line) =>
    countRow(`${line.a.label} – ${line.b.label}`, null, line.shown.length, line.shown.length, () =>
      select('line', line.id)
    );
  return [
    element('p', { class: 'over' }, say('path')),
    element(
      'h2', { class: 'pair' },
      [start, end].map((agency) => element('span', {}, swatch(agency.sector), agencyButton(agency)))
    ),
    hint(path ? say('path_steps', { n: path.length }) : say('path_none')),
    path ? element('ul', { class: 'rows' }, path.map(row)) : null,
  ];
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
      [say('version'), `sinergi ${page.version}`],
    ]),
    ranked.length ? heading(say('outlets')) : null,
    inPortions(ranked, ([outlet, count]) =>
      element('p', { class: 'tally' }, element('span', {}, outlet), element('b', {}, sayValue(count)))
    ),
  ];
}

function welcomePanel() {
  const strongest = view.lines
    .slice()
    .sort((a, b) => b.shown.length - a.shown.length || b.strength - a.strength)
    .slice(0, 6);
  const busiest = agencies
    .filter((agency) => agency.partners)
    .sort((a, b) => b.count - a.count || a.index - b.index)
    .slice(0, 6);
  const pairs = strongest.map((line) =>
    countRow(`${line.a.label} – ${line.b.label}`, null, line.shown.length, strongest[0].shown.length, () =>
      select('line', line.id)
    )
  );
  const hubs = busiest.map((agency) =>
    countRow(agency.label, agency.sector, agency.count, busiest[0].count, () =>
      select('agency', agency.id)
    )
  );
  return [
    element('h2', { class: 'subject' }, say('welcome')),
    element('p', { class: 'lead' }, say('welcome_text')),
    pairs.length ? heading(say('strongest')) : null,
    element('ul', { class: 'rows' }, pairs),
    hubs.length ? heading(say('busiest')) : null,
    element('ul', { class: 'rows' }, hubs),
  ];
}

const PANELS = {
  line: (id) => linePanel(lineById.get(id)),
  agency: (id) => agencyPanel(agencyById.get(id)),
  official: (id) => officialPanel(officialByKey.get(id)),
  topic: topicPanel,
  path: pathPanel,
  about: aboutPanel,
};

// Wide screens always have the panel, so that the picture beside it keeps its size.
const hasRoomForPanel = () => matchMedia('(min-width: 1100px)').matches && !state.table;

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
