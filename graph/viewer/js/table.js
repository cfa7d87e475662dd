// The table: the same pairs under the same filters, for the keyboard, the screen reader, and
// whoever likes tables better.

const countColumn = (key) => ({ key: `count_${key}`, value: (line) => COUNTS[key](line.shown), first: -1 });
const columns = () => [
  { key: 'a', value: (line) => line.a.label, first: 1 },
  { key: 'b', value: (line) => line.b.label, first: 1 },
  countColumn(state.count),
  { key: 'first', value: (line) => daysOf(line)[0] || '', first: 1 },
  { key: 'last', value: (line) => daysOf(line).pop() || '', first: -1 },
  ...Object.keys(COUNTS).filter((key) => key !== state.count).map(countColumn),
];
const sayColumn = ({ key }) => say(key.length === 1 ? `${state.actors}_${key}` : key);
const order = { column: 2, direction: -1 };

// Meetings stand in order of date, those without one first.
const daysOf = (line) => line.shown.map((number) => meetings[number].date).filter(Boolean);

function sortedLines() {
  const { value } = columns()[order.column];
  const words = new Intl.Collator(locale());
  const keyed = view.lines.map((line) => [value(line), line]);
  const compare = (a, b) => (typeof a === 'number' ? a - b : words.compare(a, b));
  // What is not known goes to the end either way.
  keyed.sort(
    ([a, one], [b, other]) =>
      (a === '') - (b === '') || order.direction * compare(a, b) || one.id.localeCompare(other.id)
  );
  return keyed.map(([, line]) => line);
}

function sortBy(column) {
  order.direction = order.column === column ? -order.direction : columns()[column].first;
  order.column = column;
  showTable();
  byId('table-area').querySelectorAll('th button')[column].focus();
}

function tableHead() {
  return element(
    'tr', {},
    columns().map((column, i) => {
      const active = i === order.column;
      const sorted = active ? (order.direction > 0 ? 'ascending' : 'descending') : null;
      const arrow = active ? (order.direction > 0 ? ' ↑' : ' ↓') : '';
      return element(
        'th', { scope: 'col', 'aria-sort': sorted, class: column.key.startsWith('count_') ? 'number' : column.key },
        button({}, () => sortBy(i), sayColumn(column), element('span', { 'aria-hidden': 'true' }, arrow))
      );
    })
  );
}

function tableRow(line) {
  const days = daysOf(line);
  const open = () => select('line', line.id);
  const name = (agency) =>
    element('td', {}, element('div', { class: 'who' }, swatch(agency), actorButton(agency)));
  const evidence = button(
    { class: 'evidence', 'aria-label': `${sayCount(line.count)}: ${say('evidence_of', { a: line.a.label, b: line.b.label })}` },
    open, sayValue(line.count)
  );
  const day = (text) => element('td', { class: 'day' }, text ? sayShortDay(text) : '–');
  const chosen = state.selection && state.selection.id === line.id;
  return element(
    'tr',
    { 'aria-selected': chosen ? 'true' : null, on: { click: (press) => press.target.closest('button') || open() } },
    name(line.a), name(line.b), element('td', { class: 'number' }, evidence),
    day(days[0]), day(days[days.length - 1]),
    columns().slice(5).map(({ value }) => element('td', { class: 'number' }, sayValue(value(line))))
  );
}

const ROWS_AT_ONCE = 200;
let rowsShown = ROWS_AT_ONCE;

function showTable() {
  const box = byId('table-area');
  box.hidden = !state.table;
  byId('canvas-area').hidden = state.table;
  byId('view').setAttribute('aria-pressed', String(state.table));
  byId('view').textContent = say(state.table ? 'graph' : 'table');
  if (!state.table) return;
  const rows = sortedLines();
  const left = rows.length - rowsShown;
  box.replaceChildren(
    element(
      'table', {},
      element('caption', { class: 'unseen' }, say('table_caption')),
      element('thead', {}, tableHead()),
      element('tbody', {}, rows.slice(0, rowsShown).map(tableRow))
    )
  );
  if (!rows.length) box.append(hint(say('nothing_shown')));
  if (left > 0) {
    const grow = () => {
      rowsShown += ROWS_AT_ONCE;
      showTable();
    };
    box.append(button({ class: 'wide' }, grow, say('show_more', { n: Math.min(left, ROWS_AT_ONCE) })));
  }
}

followers.push(showTable);

byId('view').addEventListener('click', () => change({ table: !state.table }));
byId('skip').addEventListener('click', (press) => {
  press.preventDefault();
  change({ table: true });
  byId('table-area').focus();
});
