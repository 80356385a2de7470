// Moderation by single keys. Without it everything is reached by Tab, and each decision leads to the next text.
'use strict';

// Nobody reads a text in less: a key that was pressed twice decides nothing about the next one.
const UNREAD = 400;

const help = document.querySelector('#keys');
if (help) begin();

function begin() {
  const keys = new Map();
  for (const part of document.querySelectorAll('main [data-key]')) keys.set(part.dataset.key, part);
  [...document.querySelectorAll('main [data-theme]')].slice(0, 9).forEach((box, at) => keys.set(`${at + 1}`, box));
  for (const [key, part] of keys) label(key, part);
  const off = help.querySelector('#keys-off');
  off.checked = remembered();
  show(off.checked);
  off.addEventListener('change', () => { remember(off.checked); show(off.checked); });
  document.addEventListener('keydown', event => {
    // Whoever is typing goes on typing; Escape ends it.
    if (types(event.target)) {
      if (event.key === 'Escape' && !event.isComposing) document.querySelector('#text').focus();
      return;
    }
    if (off.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.key === '?') help.open = !help.open;
    else if (keys.has(event.key)) use(keys.get(event.key));
    else return;
    event.preventDefault();
  });
  help.hidden = false;
  setTimeout(() => { help.dataset.ready = ''; }, UNREAD);
}

const types = part => part.matches('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])');

// The letter stands at what it does; whoever listens hears it as the element's shortcut.
function label(key, part) {
  const sign = document.createElement('kbd');
  Object.assign(sign, { textContent: key, ariaHidden: 'true' });
  part.setAttribute('aria-keyshortcuts', key);
  if (part.matches('textarea')) document.querySelector(`label[for="${part.id}"]`).append(' ', sign);
  else if (part.matches('input')) part.after(sign);
  else part.append(' ', sign);
}

let leaving = false;

function use(part) {
  if (part.matches('textarea')) return part.focus();
  if (part.matches('input')) { part.focus(); return part.click(); }
  // What was changed and not saved is not left by the slip of a finger.
  const words = document.querySelector('#words');
  if (part.matches('a') && words && words.value !== words.defaultValue) return words.focus();
  if (leaving || !('ready' in help.dataset)) return;
  leaving = true;
  part.click();
}

// Back from the next page, keys work again.
addEventListener('pageshow', () => { leaving = false; });

function show(off) {
  document.documentElement.classList.toggle('keyless', off);
}

// A browser that keeps nothing for us begins anew each time.
function remembered() {
  try { return localStorage.getItem('medvirk-keys') === 'off'; } catch { return false; }
}

function remember(off) {
  try { localStorage.setItem('medvirk-keys', off ? 'off' : 'on'); } catch { /* kept until the page is left */ }
}
