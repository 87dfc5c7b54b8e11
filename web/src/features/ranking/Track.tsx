import type { Scale } from './words';

type Props = {
  scale: Scale;
  value: number;
  /** Half of the interval, in points. */
  half: number | undefined;
  /** Another number beside the value, drawn hollow. */
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
  const ticks = [0, 25, 50, 75, 100].map((at) => `M${at} 11V9`).join('');
  return (
    <svg class="track" viewBox="-2 0 104 12" role="img" aria-label={label}>
      <path class="track-scale" d={`${ticks}M0 11H100`} />
      {zero === undefined ? null : <path class="track-scale" d={`M${x(zero)} 0V11`} />}
      {half === undefined ? null : (
        <path
          class="track-line"
          d={`M${x(value - half)} 5H${x(value + half)}M${x(value - half)} 3V7M${x(value + half)} 3V7`}
        />
      )}
      {other === undefined ? null : <circle class="track-other" cx={x(other)} cy="5" r="1.8" />}
      <circle class="track-dot" cx={x(value)} cy="5" r="2" />
    </svg>
  );
}
