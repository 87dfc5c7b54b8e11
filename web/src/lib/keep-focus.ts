// What had the focus can be taken away by what it did: a question leaves the list when it is answered, a dialog asks
// its next step, a request is cancelled. Who works by keyboard then goes on at the nearest thing that is left, and
// not at the top of the page. Fetched with the first key that is pressed.

const wanted = ['[autofocus]', 'h1[tabindex]', 'button, a[href], summary, input, select'];

/** What had the focus and what it stands in, from the inside out, up to the page. */
let chain: Element[] = [];

/** Starts to watch; once a page. */
export function keepFocus(): void {
  chain = chainOf(document.activeElement);
  document.addEventListener('focusin', ({ target }) => {
    chain = chainOf(target as Element);
  });
  // Whoever goes away from something that stays does not want to be brought back.
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget) return;
    setTimeout(() => {
      if ((target as Element).isConnected && document.activeElement === document.body) chain = [];
    });
  });
  new MutationObserver(() => {
    if (!lost()) return;
    const before = chain;
    // The page may have a better place in mind, and says so when it is drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (before === chain && lost()) goOn();
      }),
    );
  }).observe(document.body, { childList: true, subtree: true });
}

function chainOf(from: Element | null): Element[] {
  const out: Element[] = [];
  for (let at = from; at && at !== document.body && at.id !== 'main'; at = at.parentElement) out.push(at);
  return out;
}

const lost = () => document.activeElement === document.body && chain[0]?.isConnected === false;

/** In the nearest part that is left: what a dialog wants first, the page's heading, else the first thing to press. */
function goOn(): void {
  for (const part of chain.filter((each) => each.isConnected && each.checkVisibility())) {
    const shown = wanted
      .flatMap((each) => [...part.querySelectorAll<HTMLElement>(each)])
      .find((each) => each.checkVisibility());
    if (!shown) continue;
    shown.focus();
    return;
  }
}
