// After a route change the focus goes to the new page's h1, as a full page load would read its title.
// The heading may come later than the route, when the page waits for data.
let pending = false;

/** Called by the router when another page is in front. */
export function focusHeadingSoon(): void {
  pending = true;
  focusHeading();
}

/** Called by the heading when it appears. */
export function focusHeading(): void {
  if (!pending) return;
  const heading = document.querySelector<HTMLElement>('main h1');
  if (!heading) return;
  pending = false;
  heading.focus({ preventScroll: true });
}
