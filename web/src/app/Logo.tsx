/** The mark: two crossed waves, Cantabrian blue and the violet of wisteria. Decoration beside the name. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 36 28" width="36" height="28" aria-hidden="true" focusable="false">
      <path class="logo-a" d="M2 8.5c5 0 7 11 13 11s5.5-15 11.5-15c4.5 0 6 4.5 7.5 6.5" />
      <path class="logo-b" d="M2 19.5c5 0 7-11 13-11s5.5 15 11.5 15c4.5 0 6-4.5 7.5-6.5" />
    </svg>
  );
}
