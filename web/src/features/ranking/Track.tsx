import type { Scale } from './words';

type Props = {
  scale: Scale;
  value: number;
  /** Half of the interval, in points. */
  half: number | undefined;
  /** Another number, drawn hollow below the value. */
  other?: number | undefined;
  /** Where a line is drawn through: 0 for leniency. */
  zero?: number;
  /** What the drawing says. */
  label: string;
};

/** A dot with its interval on a line that all rows share. */
export function Track({ scale, value, half, other, zero, label }: Props) {
  const x = (at: number) => {
    const part = (at - scale.low) / (scale.high - scale.low);
    return Math.round(1000 * Math.min(1, Math.max(0, part))) / 10;
  };
  const ticks = [0, 25, 50, 75, 100].map((at) => `M${at} 13V11`).join('');
  return (
    <svg class="track" viewBox="-2 0 104 14" role="img" aria-label={label}>
      <path class="track-scale" d={`${ticks}M0 13H100`} />
      {zero === undefined ? null : <path class="track-scale" d={`M${x(zero)} 0V13`} />}
      {half === undefined ? null : (
        <path
          class="track-line"
          d={`M${x(value - half)} 4H${x(value + half)}M${x(value - half)} 2V6M${x(value + half)} 2V6`}
        />
      )}
      {other === undefined ? null : <circle class="track-other" cx={x(other)} cy="9" r="1.7" />}
      <circle class="track-dot" cx={x(value)} cy="4" r="2" />
    </svg>
  );
}

/** One sign of the drawing, for its legend: the dot on its line, or the hollow one alone. */
export function Sample({ line }: { line?: boolean }) {
  return (
    <svg class="track track-sample" viewBox="-2 0 24 8" aria-hidden="true">
      {line ? (
        <>
          <path class="track-line" d="M0 4H20M0 2V6M20 2V6" />
          <circle class="track-dot" cx="10" cy="4" r="2" />
        </>
      ) : (
        <circle class="track-other" cx="10" cy="4" r="1.7" />
      )}
    </svg>
  );
}
