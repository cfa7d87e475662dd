// Start: read the address, show everything once, and follow what changes from outside.

function showTheme() {
  document.documentElement.dataset.theme = state.theme;
}

function isDark() {
  if (state.theme !== 'auto') return state.theme === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

followers.unshift((patch) => {
  if ('theme' in patch) showTheme();
  if ('language' in patch) showWords();
});
if (page.embed) {
  followers.push(() => {
    byId('frame-title').textContent = pageTitle();
    byId('frame-counts').textContent = `${byId('counts').textContent} · sinergi ${page.version}`;
  });
}

byId('theme').addEventListener('click', () => change({ theme: isDark() ? 'light' : 'dark' }));
byId('language').addEventListener('click', () =>
  change({ language: state.language === 'id' ? 'en' : 'id' })
);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
  change({ theme: state.theme })
);
addEventListener('hashchange', () => change(readAddress()));

// The camera is set as soon as the box of the picture has its size, and when it comes back from
// the table; at other changes of size what is in the middle stays there.
let knownWidth = 0;
function setCamera() {
  knownWidth = byId('network').clientWidth;
  if (knownWidth === 0) return;
  network.setSize('100%', '100%');
  network.redraw(); // nothing is there yet: it takes the size over
  hasCamera = true;
  frameAll();
  magnified = clamp(SMALLEST_SCALE / network.getScale(), 1, 5);
  paint();
  frameAll(); // again, now that circles have their sizes
  frameSelection();
  isStarting = false;
}
new ResizeObserver(() => {
  const width = byId('network').clientWidth;
  if (knownWidth === 0 && width > 0) setCamera();
  else if (width !== knownWidth) redrawSoon();
  knownWidth = width;
}).observe(byId('network'));
addEventListener('resize', showPanel);

change(readAddress());
setCamera();
// The first picture stands after the next frame (the table, which draws none, at once).
requestAnimationFrame(() =>
  requestAnimationFrame(() => { document.documentElement.dataset.ready = 'yes'; })
);
