// Loads the page again when the file has changed. Without a script, the page does so by itself every five seconds.
const shown = document.documentElement.dataset.state;

async function look() {
  try {
    const answer = await fetch("/state", { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== shown) {
      location.reload();
      return;
    }
  } catch {
    // The preview was stopped; it may come back.
  }
  setTimeout(look, 500);
}

look();
