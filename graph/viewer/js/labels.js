// Where labels go: constant size, important ones first, whole inside the frame, none upon another.

// A name stands whole where there is room for it, else in so many rows.
const LABEL = { size: 12.5, line: 15, gap: 4, widest: 26, rows: 3, whole: 8 };
const LEADERS = {
  labels: 14, // only so many, or the picture becomes a web of them
  distances: [16, 36],
  directions: [
    [0, 1], [0, -1], [0.5, 0.8], [-0.5, 0.8], [0.5, -0.8], [-0.5, -0.8], [1, 0], [-1, 0],
  ],
};
const labelFont = (strong) =>
  `${strong ? 700 : 500} ${LABEL.size}px system-ui, "Noto Sans", "DejaVu Sans", sans-serif`;

function breakLines(text, widest) {
  const broken = [];
  for (const word of text.split(/\s+/)) {
    const last = broken[broken.length - 1];
    if (last !== undefined && (last + ' ' + word).length <= widest) {
      broken[broken.length - 1] = last + ' ' + word;
    } else {
      broken.push(word);
    }
  }
  return broken;
}

const wrapped = new Map();
const wrapLabel = (text, rows) => {
  const key = `${rows}${text}`;
  if (!wrapped.has(key)) wrapped.set(key, wrap(text, rows));
  return wrapped.get(key);
};

// Break a name into at most `rows` lines of about LABEL.widest characters, as even as can be.
function wrap(text, rows) {
  let broken = breakLines(text, LABEL.widest);
  for (let widest = Math.ceil(text.length / broken.length); widest < LABEL.widest; widest += 1) {
    const even = breakLines(text, widest);
    if (even.length === broken.length) {
      broken = even;
      break;
    }
  }
  const kept = broken.slice(0, rows).map((line) => shorten(line, LABEL.widest + 6));
  if (broken.length > rows) kept[rows - 1] = shorten(kept[rows - 1] + ' …', LABEL.widest + 6);
  return kept;
}

const shorten = (text, longest) =>
  text.length > longest ? text.slice(0, longest - 1).trimEnd() + '…' : text;

const meets = (a, b) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// A coarse grid of rectangles, so that asking for a collision does not look at all of them.
function rectangles() {
  const cells = new Map();
  const side = 80;
  const visit = (box, use) => {
    for (let x = Math.floor(box.left / side); x <= Math.floor(box.right / side); x += 1) {
      for (let y = Math.floor(box.top / side); y <= Math.floor(box.bottom / side); y += 1) {
        const key = `${x},${y}`;
        if (!cells.has(key)) cells.set(key, []);
        if (use(cells.get(key))) return true;
      }
    }
    return false;
  };
  return {
    add: (box) => visit(box, (cell) => { cell.push(box); }),
    hits: (box, test) => visit(box, (cell) => cell.some((other) => test(other) && meets(other, box))),
  };
}

// `circles`: { x, y, radius, text, strong, above } on the frame's scale, the most important first;
// `obstacles`: circles that labels keep clear of. A label may cover circles much smaller than its
// own: in a dense cluster the largest would otherwise be the one without a name. Gives
// { rows, x, top, wide, strong, leader, circle }, each centred.
function placeLabels(circles, obstacles, frame, measure) {
  const taken = rectangles();
  for (const circle of obstacles) {
    const { x, y, radius } = circle;
    taken.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, radius, circle });
  }
  const minor = 0.6;
  const placed = [];
  for (const circle of circles) {
    const { x, y, radius, strong } = circle;
    if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) continue;
    const away = radius + LABEL.gap;
    const boxAt = (rows, side, up, distance) => {
      const width = Math.max(...rows.map((row) => measure(row, strong))) + 6;
      const height = rows.length * LABEL.line;
      const [cx, cy] = [x + side * (distance + width / 2), y + up * (distance + height / 2)];
      const left = clamp(cx - width / 2, frame.left, frame.right - width);
      const top = clamp(cy - height / 2, frame.top, frame.bottom - height);
      return { rows, left, right: left + width, top, bottom: top + height };
    };
    const counts = (other) => other.radius === undefined || other.radius > minor * radius;
    // A leader that runs over another circle would seem to be that one's.
    const bars = (other) => other.circle !== circle && counts(other);
    const beside = [[0, 1], [0, -1], [1, 0], [-1, 0]];
    if (circle.above) beside.unshift([0, -1]);
    const spotFor = (rows) => {
      const boxes = beside.map(([side, up]) => boxAt(rows, side, up, away));
      // The most important may stand off, on a leader line, where there is no room beside them.
      if (placed.length < LEADERS.labels) {
        for (const distance of LEADERS.distances) {
          for (const [side, up] of LEADERS.directions) {
            const box = boxAt(rows, side, up, away + distance);
            const leader = { x1: x, y1: y, x2: clamp(x, box.left, box.right), y2: clamp(y, box.top, box.bottom), radius };
            if (!crosses(leader, taken, bars)) boxes.push({ ...box, leader });
          }
        }
      }
      // The selected one is named whatever it covers.
      return boxes.find((candidate) => !taken.hits(candidate, counts)) || (strong ? boxes[0] : undefined);
    };
    const whole = wrapLabel(circle.text, LABEL.whole);
    const box = spotFor(whole) || (whole.length > LABEL.rows ? spotFor(wrapLabel(circle.text, LABEL.rows)) : undefined);
    if (!box) continue;
    taken.add(box);
    placed.push({
      rows: box.rows, x: (box.left + box.right) / 2, top: box.top, wide: box.right - box.left, strong, leader: box.leader, circle,
    });
  }
  return placed;
}

// Labels moved as far as their circles have.
function carryLabels(placed, onScreen) {
  return placed.map((label) => {
    const circle = { ...label.circle, ...onScreen(label.circle.actor) };
    const [dx, dy] = [circle.x - label.circle.x, circle.y - label.circle.y];
    const { x1, y1, x2, y2 } = label.leader || {};
    const leader = label.leader && { x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy, radius: circle.radius };
    return { ...label, x: label.x + dx, top: label.top + dy, leader, circle };
  });
}

function crosses({ x1, y1, x2, y2 }, taken, bars) {
  return [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1].some((part) => {
    const [x, y] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
    return taken.hits({ left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 }, bars);
  });
}

const widths = new Map();
function widthOf(context, text, strong) {
  const key = `${strong}${text}`;
  if (!widths.has(key)) {
    context.font = labelFont(strong);
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

// Where a leader line leaves its circle.
function leaderStart({ x1, y1, x2, y2, radius }) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return [x1 + ((x2 - x1) * radius) / length, y1 + ((y2 - y1) * radius) / length];
}

const clamp = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));

function drawLabels(context, placed, ink, paper) {
  context.lineWidth = 1;
  context.strokeStyle = ink;
  context.globalAlpha = 0.45;
  context.beginPath();
  for (const { leader } of placed) {
    if (!leader) continue;
    context.moveTo(...leaderStart(leader));
    context.lineTo(leader.x2, leader.y2);
  }
  context.stroke();
  // A veil between a name and what it covers.
  context.globalAlpha = 0.6;
  context.fillStyle = paper;
  for (const { x, top, rows, wide } of placed) {
    context.beginPath();
    context.roundRect(x - wide / 2, top, wide, rows.length * LABEL.line, 5);
    context.fill();
  }
  context.globalAlpha = 1;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const draw of ['strokeText', 'fillText']) {
    for (const label of placed) {
      context.font = labelFont(label.strong);
      label.rows.forEach((row, i) =>
        context[draw](row, label.x, label.top + (i + 0.5) * LABEL.line)
      );
    }
  }
}
