// A combobox: type, arrows, Enter. For everything on the page, and for the two ends of a path.

const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

const MOST_CHOICES = 12;

// Choices whose text has every word typed, those that begin with it before those that contain it.
function matching(choices, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const choice of choices) {
    if (!words.every((word) => choice.plain.includes(word))) continue;
    const starts = words.filter((word) => choice.plain.includes(` ${word}`)).length;
    const begins = choice.plain.includes(`\n ${words[0]}`) ? 1 : 0;
    found.push([choice, starts + begins]);
  }
  found.sort(([a, x], [b, y]) => y - x || a.rank - b.rank || b.weight - a.weight);
  return found.slice(0, MOST_CHOICES).map(([choice]) => choice);
}

// `choices()` gives { label, plain, type, rank, weight, choose }.
function combobox(input, list, choices) {
  let offered = [];
  let active = -1;
  for (const [name, value] of Object.entries({
    role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
  })) input.setAttribute(name, value);
  list.setAttribute('role', 'listbox');

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (choice) => {
    close();
    choice.choose(input);
  };
  const activate = (index) => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
    input.setAttribute('aria-activedescendant', `${list.id}-${index}`);
    list.children[index].scrollIntoView({ block: 'nearest' });
  };
  const open = () => {
    offered = matching(choices(), input.value);
    active = -1;
    if (!input.value.trim()) return close();
    const items = offered.map((choice, i) =>
      element(
        'li',
        {
          role: 'option', id: `${list.id}-${i}`, 'aria-selected': 'false',
          on: { mousedown: (press) => press.preventDefault(), click: () => choose(choice) },
        },
        element('span', {}, choice.label), element('small', {}, say(choice.type))
      )
    );
    const none = element('li', { role: 'option', 'aria-disabled': 'true' }, say('no_result'));
    list.replaceChildren(...(items.length ? items : [none]));
    list.setAttribute('aria-label', input.placeholder);
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  input.addEventListener('input', open);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (press) => {
    if ((press.key === 'ArrowDown' || press.key === 'ArrowUp') && offered.length) {
      if (list.hidden) open();
      const by = press.key === 'ArrowDown' ? 1 : -1;
      const from = active < 0 && by < 0 ? 0 : active;
      activate((from + by + offered.length) % offered.length);
      press.preventDefault();
    } else if (press.key === 'Enter' && !list.hidden && offered.length) {
      choose(offered[Math.max(active, 0)]);
      press.preventDefault();
    } else if (press.key === 'Escape') {
      if (list.hidden) input.value = '';
      close();
      press.stopPropagation();
    }
  });
}

// `also` are other names to be found by; each is a line of `plain`.
const choice = (type, rank, label, weight, choose, also = []) => ({
  type, rank, label, weight, choose, plain: [label, ...also].map((name) => `\n ${plain(name)}`).join(''),
});

const agencyChoices = agencies.map((agency) =>
  choice('agency', 0, agency.label, agency.meetings.length, () => select('agency', agency.id), agency.also)
);
const allChoices = [
  ...agencyChoices,
  ...page.officials.map((official) => {
    const chosen = () => select('official', official.key);
    return choice('official', 1, official.name, official.meetings.length, chosen, official.also);
  }),
  ...agencies.flatMap((agency) =>
    [...new Set(agency.offices.map((office) => office.post))].map((post) => {
      const chosen = () => select('agency', agency.id);
      return choice('office', 2, `${post}, ${agency.label}`, agency.meetings.length, chosen);
    })
  ),
  ...[...topics].map(([topic, numbers]) =>
    choice('topic', 3, topic, numbers.length, () => select('topic', topic))
  ),
];

combobox(byId('topic'), byId('topic-list'), () =>
  [...topics].map(([topic, numbers]) =>
    choice('topic', 0, topic, numbers.length, () => {
      closeFilters();
      change({ topic });
    })
  )
);
byId('topic').addEventListener('input', () => {
  if (!byId('topic').value && state.topic) change({ topic: '' });
});

combobox(byId('search'), byId('search-list'), () =>
  allChoices.map((one) => ({
    ...one,
    choose: (input) => {
      input.value = '';
      one.choose();
    },
  }))
);

const pathEnds = { 'path-from': null, 'path-to': null };
for (const id of Object.keys(pathEnds)) {
  const take = (actor) => (input) => {
    input.value = actor.label;
    pathEnds[id] = actor.id;
    const [start, end] = Object.values(pathEnds);
    if (start && end && start !== end && actorById.get(start).type === actorById.get(end).type) {
      closeFilters();
      select('path', `${start}|${end}`);
    }
  };
  combobox(byId(id), byId(`${id}-list`), () =>
    scene().actors.map((actor) =>
      choice(actor.type, 0, actor.label, actor.meetings.length, take(actor), actor.also)
    )
  );
}

document.addEventListener('keydown', (press) => {
  const typing = /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName);
  if (press.key === '/' && !typing) {
    byId('search').focus();
    press.preventDefault();
  } else if (press.key === 'Escape') {
    if (byId('save').open) byId('save').open = false;
    else if (byId('filters').classList.contains('open')) closeFilters();
    else if (state.selection) select(null);
  }
});
