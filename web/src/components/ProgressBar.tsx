import { useId } from 'preact/hooks';

type Props = {
  label: string;
  value: number;
  max: number /** The state in words: "6 of 18 scored". */;
  text: string;
};

/** A native progress bar under the words that say the same. */
export function ProgressBar({ label, value, max, text }: Props) {
  const id = useId();
  return (
    <div>
      <label for={id} class="visually-hidden">
        {label}
      </label>
      <p class="small" aria-hidden="true">
        <strong>{text}</strong>
      </p>
      <progress id={id} class="progress" value={value} max={max} aria-valuetext={text} />
    </div>
  );
}
