// Words of the interface in the language chosen (text.json), numbers and dates as it writes them.

function say(key, values) {
  const table = page.text[state.language];
  const one = values && values.n === 1 ? table[`${key}_one`] : undefined;
  const text = one || table[key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    values && name in values ? sayValue(values[name]) : whole
  );
}

const locale = () => (state.language === 'id' ? 'id-ID' : 'en-GB');
const sayValue = (value) => (typeof value === 'number' ? value.toLocaleString(locale()) : value);

const sayMeasure = (value) =>
  value.toLocaleString(locale(), { maximumSignificantDigits: 3 });

const sayKind = (kind) => page.text[state.language].kind[kind] || kind;
const sayRole = (role) => page.text[state.language].role[role] || role;
const saySector = (sector) => (sector.key ? sector[state.language] : say('no_sector'));
const pageTitle = () => page.title || say('title');

function formatDay(text, options) {
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime())
    ? text
    : new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(day);
}

const sayDay = (day) => formatDay(day, { day: 'numeric', month: 'long', year: 'numeric' });
const sayShortDay = (day) => formatDay(day, { day: 'numeric', month: 'short', year: 'numeric' });
const sayBar = (bar) =>
  bar.length > 4 ? formatDay(`${bar}-01`, { month: 'short', year: 'numeric' }) : bar;

function sayMeetingDay(meeting) {
  if (!meeting.date) return say('undated');
  return meeting.end ? `${sayDay(meeting.date)} – ${sayDay(meeting.end)}` : sayDay(meeting.date);
}

// Everything in the template that carries a word: data-text, data-label, data-hint.
function showWords() {
  document.documentElement.lang = state.language;
  document.title = byId('title').textContent = pageTitle();
  for (const node of document.querySelectorAll('[data-text]')) {
    node.textContent = say(node.dataset.text);
  }
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', say(node.dataset.label));
    if (node.tagName === 'BUTTON') node.title = say(node.dataset.label);
  }
  for (const node of document.querySelectorAll('[data-hint]')) {
    node.placeholder = say(node.dataset.hint);
    node.setAttribute('aria-label', say(node.dataset.hint));
  }
  byId('network').setAttribute('aria-label', pageTitle());
  byId('language').textContent = state.language === 'id' ? 'EN' : 'ID';
  byId('language').lang = state.language === 'id' ? 'en' : 'id';
}
