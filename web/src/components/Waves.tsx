// Ten lines of one swell, each a little lower and flatter than the one before.
const lines = Array.from({ length: 10 }, (_, at) => {
  const y = 10 + at * 8.5;
  const swell = 9 - at * 0.6;
  return `M0 ${y}c160-${swell} 320-${swell} 480 0s320 ${swell} 480 0 320-${swell} 480 0 320 ${swell} 480 0`;
}).join('');

/** The sea that both cities look at. Decoration. */
export function Waves() {
  return (
    <svg class="waves" viewBox="0 0 1600 96" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d={lines} fill="none" stroke="currentColor" vector-effect="non-scaling-stroke" />
    </svg>
  );
}
