import { forThisTab } from './storage';

const positions = new Map<string, number>(readKept());

function readKept(): [string, number][] {
  try {
    return JSON.parse(forThisTab.get('ft.scroll') ?? '[]');
  } catch {
    return [];
  }
}

const here = () => location.pathname + location.search;

/** Starts to note where each page was left; the browser's own way fails while data is still coming. */
export function rememberScroll(): void {
  history.scrollRestoration = 'manual';
  addEventListener('scroll', () => positions.set(here(), scrollY), { passive: true });
  addEventListener('pagehide', () => forThisTab.set('ft.scroll', JSON.stringify([...positions].slice(-50))));
}

/** False for a page that is opened anew: it stands at its top, and asking where it stands costs a layout. */
export function wasLeft(): boolean {
  return (positions.get(here()) ?? 0) > 0;
}

/** Back to where this page was left, waiting up to a second for it to grow tall enough. */
export function restoreScroll(): void {
  const y = positions.get(here()) ?? 0;
  const until = performance.now() + 1000;
  const step = () => {
    scrollTo(0, y);
    if (Math.abs(scrollY - y) > 2 && performance.now() < until) requestAnimationFrame(step);
  };
  step();
}

/** Goes to the part of the page that the address names, as `/help#cities`. False when there is none. */
export function jumpToHash(): boolean {
  const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (!target) return false;
  target.tabIndex = -1;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
  return true;
}
