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

byId('theme').addEventListener('click', () => change({ theme: isDark() ? 'light' : 'dark' }));
byId('language').addEventListener('click', () =>
  change({ language: state.language === 'id' ? 'en' : 'id' })
);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
  change({ theme: state.theme })
);
addEventListener('hashchange', () => change(readAddress()));

// The picture follows the size of its box, and what is selected stays in it.
let knownWidth = 0;
new ResizeObserver(() => {
  const width = byId('network').clientWidth;
  const appeared = knownWidth === 0 && width > 0;
  knownWidth = width;
  if (appeared) frameAll();
  network.redraw();
}).observe(byId('network'));
addEventListener('resize', showPanel);

change(readAddress());
frameAll();
frameSelection();
// The first picture stands after the next frame (the table, which draws none, at once).
requestAnimationFrame(() =>
  requestAnimationFrame(() => { document.documentElement.dataset.ready = 'yes'; })
);
