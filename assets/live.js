// Puts the newest figures of a campaign where the old ones stand. Without it the page loads itself again.
'use strict';

const figures = document.querySelector('#figures[data-events]');
if (figures) listen(new EventSource(figures.dataset.events));

function listen(events) {
  events.addEventListener('figures', ({ data }) => {
    const fresh = new DOMParser().parseFromString(data, 'text/html');
    const [now, next] = [cells(figures), cells(fresh)];
    // Another phase has other buttons, and another number of areas another table.
    if (phase(fresh) !== phase(figures) || now.length !== next.length) return location.reload();
    now.forEach((cell, at) => renew(cell, next[at]));
  });
  // The connection comes back by itself, unless whoever looked is signed out: then the page leads to the door.
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) location.reload();
  });
}

const cells = part => [...part.querySelectorAll('[data-live]')];
const phase = part => part.querySelector('[data-phase]').dataset.phase;

// One cell at a time, so that nobody loses their place.
function renew(cell, next) {
  if (cell.isEqualNode(next)) return;
  cell.className = next.className;
  if (cell.matches('progress')) Object.assign(cell, { max: next.max, value: next.value });
  else cell.replaceChildren(...next.childNodes);
}
