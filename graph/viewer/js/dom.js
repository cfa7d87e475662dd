// Building the page: elements and text nodes only, never markup from a string.

const byId = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const element = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);

const svgElement = (tag, attributes, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

const button = (attributes, press, ...children) =>
  element('button', { type: 'button', on: { click: press }, ...attributes }, ...children);

// Only addresses of the web become links: anything else (javascript:, data:) gives null.
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

// The text with every occurrence of the phrases in <mark>; overlapping ones are joined.
function marked(text, phrases) {
  const ranges = [];
  for (const phrase of phrases || []) {
    for (let at = phrase ? text.indexOf(phrase) : -1; at >= 0; at = text.indexOf(phrase, at + 1)) {
      ranges.push([at, at + phrase.length]);
    }
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const [start, end] of ranges) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  const parts = document.createDocumentFragment();
  let done = 0;
  for (const [start, end] of joined) {
    parts.append(text.slice(done, start), element('mark', {}, text.slice(start, end)));
    done = end;
  }
  parts.append(text.slice(done));
  return parts;
}

const cssValue = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const isPhone = () => matchMedia('(max-width: 760px)').matches;
const wantsStillness = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
