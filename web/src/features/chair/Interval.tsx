import { ninety } from './unsure';

/** Mean and 90 % interval on a line from 0 to 100. The table says the same in numbers. */
export function Interval({ mean, se }: { mean: number; se: number | undefined }) {
  const low = Math.max(0, mean - ninety * (se ?? 0));
  const high = Math.min(100, mean + ninety * (se ?? 0));
  return (
    <svg class="interval" viewBox="-2 0 104 12" aria-hidden="true" focusable="false">
      <path class="interval-scale" d="M0 11V9M25 11V9M50 11V9M75 11V9M100 11V9M0 11H100" />
      {se === undefined ? null : (
        <path class="interval-line" d={`M${low} 5H${high}M${low} 2V8M${high} 2V8`} />
      )}
      <circle class="interval-dot" cx={mean} cy="5" r="2" />
    </svg>
  );
}
