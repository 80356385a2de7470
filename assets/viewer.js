// Adds what needs a script: saving and copying a picture as PNG, and unfolding where there is room. Without it the page is whole.
'use strict';

const SCALE = 2;

// What is folded away on a phone has room on a desk.
if (matchMedia('(min-width: 60rem)').matches) {
  for (const fold of document.querySelectorAll('details[data-wide]')) fold.open = true;
}

for (const place of document.querySelectorAll('.save[data-png]')) {
  const source = place.querySelector('a[href*=".svg"]');
  if (!source) continue;
  add(place, place.dataset.png, () => save(source.href));
  if (navigator.clipboard?.write && window.ClipboardItem) {
    add(place, place.dataset.copy, async button => {
      // The promise goes in as it is: some browsers forget the click while it is waited for.
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png(source.href) })]);
      button.textContent = place.dataset.copied;
    });
  }
}

function add(place, text, act) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'as-link', textContent: text });
  button.addEventListener('click', () => act(button));
  place.append(button);
}

async function save(address) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await png(address));
  link.download = `${new URL(address).pathname.split('/').slice(-2).join('-').replace('.svg', '')}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}

// The file with its words, its key and its base, as pixels.
async function png(address) {
  const svg = await (await fetch(address)).text();
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: picture.naturalWidth * SCALE, height: picture.naturalHeight * SCALE });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise(done => canvas.toBlob(done, 'image/png'));
}
