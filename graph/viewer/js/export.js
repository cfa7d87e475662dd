// Taking the view along: a picture with title and legend as SVG or PNG, the table as CSV, a link.

const SHEET = { width: 1600, height: 1000, margin: 40, head: 74, side: 300 };

// What is shown, drawn once as SVG; the PNG and the printed page are made of the same.
function drawSheet() {
  const shown = view.nodes.filter((actor) => actor.offered || isLit(actor));
  const looks = new Map(shown.map((actor) => [actor, actorLook(actor)]));
  const room = {
    left: SHEET.side + SHEET.margin, right: SHEET.width - SHEET.margin,
    top: SHEET.head + 20, bottom: SHEET.height - SHEET.margin,
  };
  const least = (axis) => shown.reduce((low, actor) => Math.min(low, actor[axis]), Infinity);
  const extent = (axis) => shown.reduce((far, actor) => Math.max(far, actor[axis]), -Infinity) - least(axis);
  const inset = 70; // for circles and labels at the rim
  const [width, height] = [room.right - room.left - 2 * inset, room.bottom - room.top - inset];
  const scale = Math.min(width / (extent('x') || 1), height / (extent('y') || 1), 1.5);
  const [midX, midY] = [least('x') + extent('x') / 2, least('y') + extent('y') / 2];
  const x = (agency) => (room.left + room.right) / 2 + (agency.x - midX) * scale;
  const y = (agency) => (room.top + room.bottom) / 2 + (agency.y - midY) * scale;
  const radius = (agency) => Math.max(looks.get(agency).radius * scale, 2);

  const strokes = view.links
    .filter((line) => looks.has(line.a) && looks.has(line.b))
    .map((line) => [line, lineLook(line)])
    .filter(([, look]) => look.opacity > 0)
    .sort(([, a], [, b]) => Boolean(a.lit) - Boolean(b.lit))
    .map(([line, look]) =>
      svgElement('line', {
        x1: x(line.a).toFixed(1), y1: y(line.a).toFixed(1),
        x2: x(line.b).toFixed(1), y2: y(line.b).toFixed(1),
        stroke: look.stroke, 'stroke-opacity': look.opacity.toFixed(2),
        'stroke-width': Math.max(look.width * Math.min(scale, 1), 0.5).toFixed(2),
      })
    );
  const circles = shown.map((agency) =>
    svgElement(
      'circle',
      {
        cx: x(agency).toFixed(1), cy: y(agency).toFixed(1), r: radius(agency).toFixed(1),
        fill: looks.get(agency).fill, stroke: colours.paper, 'stroke-width': 1.5,
      },
      svgElement('title', {}, agency.label)
    )
  );
  const pen = document.createElement('canvas').getContext('2d');
  const measure = (text, bold) => {
    pen.font = labelFont(bold);
    return pen.measureText(text).width;
  };
  const spots = namedActors(scale).map((agency) => ({
    x: x(agency), y: y(agency), radius: radius(agency), text: agency.label, strong: false,
  }));
  const placed = placeLabels(spots, spots, room, measure);
  const leaders = placed.filter((label) => label.leader).map(({ leader }) => {
    const [x1, y1] = leaderStart(leader);
    return svgElement('line', {
      x1: x1.toFixed(1), y1: y1.toFixed(1), x2: leader.x2.toFixed(1), y2: leader.y2.toFixed(1),
      stroke: colours.ink, 'stroke-opacity': 0.45,
    });
  });
  const labels = placed.flatMap((label) =>
    label.rows.map((row, i) =>
      svgElement(
        'text',
        {
          x: label.x.toFixed(1), y: (label.top + (i + 0.75) * LABEL.line).toFixed(1),
          'text-anchor': 'middle', 'font-size': LABEL.size, fill: colours.ink,
          stroke: colours.paper, 'stroke-width': 3.5, 'stroke-linejoin': 'round', 'paint-order': 'stroke',
        },
        row
      )
    )
  );
  return svgElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${SHEET.width} ${SHEET.height}`,
      width: SHEET.width, height: SHEET.height, 'font-family': 'system-ui, "Noto Sans", "DejaVu Sans", sans-serif',
    },
    svgElement('rect', { width: SHEET.width, height: SHEET.height, fill: colours.paper }),
    svgElement('g', {}, strokes), svgElement('g', {}, circles), svgElement('g', {}, leaders), svgElement('g', {}, labels),
    sheetLegend()
  );
}

function sheetLegend() {
  const { margin, side } = SHEET;
  const write = (text, x, y, size, colour, weight) =>
    svgElement('text', { x, y, 'font-size': size, fill: colour, 'font-weight': weight || 400 }, text);
  const group = svgElement(
    'g', {},
    write(shorten(pageTitle(), 90), margin, 50, 24, colours.ink, 700),
    write(byId('counts').textContent, margin, 76, 14, colours.muted),
    write(say(state.color === 'sector' ? 'sectors' : 'communities'), margin, 130, 13, colours.muted, 600)
  );
  let y = 156;
  for (const [name, hue] of legendInUse()) {
    group.append(
      svgElement('circle', { cx: margin + 7, cy: y - 5, r: 7, fill: colours.hues[hue] }),
      write(shorten(name, 34), margin + 24, y, 14, colours.ink)
    );
    y += 25;
  }
  const notes = [sayBy('size_key'), sayBy('width_key'), ...filterNotes(), `sinergi ${page.version}`];
  y += 16;
  for (const row of notes.flatMap((note) => wrapLabel(note, 3))) {
    group.append(write(row, margin, y, 12.5, colours.muted));
    y += 18;
  }
  return fill(group, { 'data-width': side }, []);
}

// The filters in force, in words: a picture that travels alone has to say what it leaves out.
function filterNotes() {
  const notes = [];
  if (state.least > 1) notes.push(`${say('least')}: ${sayCount(state.least)}`);
  if (hasTime && !isWholePeriod()) {
    notes.push(`${say('period')}: ${sayBar(page.bars[state.from])} – ${sayBar(page.bars[state.to])}`);
  }
  if (state.withoutKinds.size) {
    const kept = kindKeys.filter((kind) => !state.withoutKinds.has(kind)).map(sayKind);
    notes.push(`${say('kinds')}: ${kept.join(', ')}`);
  }
  if (state.region) notes.push(`${say('region')}: ${sayRegion(state.region)}`);
  if (state.topic) notes.push(`${say('topic')}: ${state.topic}`);
  if (state.sectors.size) {
    notes.push(`${say('sectors')}: ${[...state.sectors].map((i) => saySector(page.sectors[i])).join(', ')}`);
  }
  return notes;
}

const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawSheet())}`;

function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = element('a', { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 5000);
}

function savePng() {
  const picture = new Image();
  picture.onload = () => {
    const canvas = element('canvas', { width: SHEET.width * 2, height: SHEET.height * 2 });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    // toDataURL and not toBlob: the callback of a second toBlob was seen never to come.
    const bytes = atob(canvas.toDataURL('image/png').split(',')[1]);
    const data = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
    saveFile(new Blob([data], { type: 'image/png' }), 'sinergi.png');
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
}

// A spreadsheet takes a cell that begins with one of these for a formula.
const csvCell = (value) =>
  `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;

function csvText() {
  const rows = [columns().map(sayColumn)];
  for (const line of sortedLines()) rows.push(columns().map((column) => column.value(line)));
  return `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    byId('copy-link').textContent = say('copied');
    setTimeout(() => { byId('copy-link').textContent = say('copy_link'); }, 2000);
  } catch {
    // No clipboard here: the address bar has the link.
  }
}

function whenPressed(id, act) {
  byId(id).addEventListener('click', () => {
    if (id !== 'copy-link') byId('save').open = false;
    act();
  });
}
whenPressed('save-png', savePng);
whenPressed('save-svg', () => saveFile(new Blob([svgText()], { type: 'image/svg+xml' }), 'sinergi.svg'));
whenPressed('save-csv', () => saveFile(new Blob([csvText()], { type: 'text/csv' }), 'sinergi.csv'));
whenPressed('copy-link', copyLink);
whenPressed('print', () => print());
document.addEventListener('click', (press) => {
  if (!byId('save').contains(press.target)) byId('save').open = false;
});

// Paper gets the picture as a drawing, in ink on white whatever the theme.
addEventListener('beforeprint', () => {
  document.documentElement.dataset.printing = 'yes';
  readColours();
  byId('print-picture').replaceChildren(drawSheet());
});
addEventListener('afterprint', () => {
  delete document.documentElement.dataset.printing;
  readColours();
  byId('print-picture').replaceChildren();
});
