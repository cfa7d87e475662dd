// The timeline: a bar for each month (or year), two handles, and a player.

const STEP = 700; // milliseconds between two bars of the player

const hasTime = page.bars.length > 1;
byId('timeline').hidden = !hasTime;

const inBar = page.bars.map(() => []); // the numbers of its meetings
for (const { bar, number } of meetings) if (bar !== undefined && inBar[bar]) inBar[bar].push(number);
const bars = page.bars.map((_, i) => svgElement('rect', { x: i + 0.12, width: 0.76 }));
byId('bars').setAttribute('viewBox', `0 0 ${Math.max(page.bars.length, 1)} 10`);
byId('bars').append(...bars);

// As high as what is counted of all there is.
function sizeBars() {
  const perBar = inBar.map(tally);
  const tallest = Math.max(1, ...perBar);
  perBar.forEach((n, i) => {
    // A root, so that a month with one meeting can be seen beside one with a hundred.
    const height = n ? Math.max(0.8, 10 * Math.sqrt(n / tallest)) : 0.15;
    fill(bars[i], { y: 10 - height, height }, []);
    bars[i].replaceChildren(svgElement('title', {}, `${sayBar(page.bars[i])}: ${sayCount(n)}`));
  });
}

for (const id of ['from', 'to']) {
  byId(id).max = lastBar;
  byId(id).addEventListener('input', () => {
    let [from, to] = [Number(byId('from').value), Number(byId('to').value)];
    if (from > to && id === 'from') to = from;
    if (from > to) from = to;
    change({ from, to });
  });
}

let player = null;

function stop() {
  clearInterval(player);
  player = null;
  showPlayer();
}

function showPlayer() {
  byId('play').textContent = player ? '❚❚' : '▶';
  byId('play').setAttribute('aria-pressed', String(Boolean(player)));
  byId('play').setAttribute('aria-label', say(player ? 'pause' : 'play'));
}

byId('play').addEventListener('click', () => {
  if (player) return stop();
  if (state.to >= lastBar) change({ to: state.from });
  player = setInterval(() => {
    if (state.to >= lastBar) stop();
    else change({ to: state.to + 1 });
  }, STEP);
  showPlayer();
});

followers.push((patch) => {
  if (!hasTime) return;
  if ('count' in patch || 'language' in patch) sizeBars();
  bars.forEach((bar, i) => bar.classList.toggle('in', i >= state.from && i <= state.to));
  for (const id of ['from', 'to']) {
    byId(id).value = state[id];
    byId(id).setAttribute('aria-valuetext', sayBar(page.bars[state[id]]));
  }
  const [from, to] = [page.bars[state.from], page.bars[state.to]].map(sayBar);
  byId('period').replaceChildren(
    from === to ? from : `${from} – ${to}`,
    view.undatedOut ? element('small', {}, say('undated_left_out', { n: view.undatedOut })) : ''
  );
  showPlayer();
});
