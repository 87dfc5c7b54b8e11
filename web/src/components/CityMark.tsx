import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage } from '~/i18n/use-messages';

export type CityMarkData = { name: LocalText; position: number };

// Square, disc, triangle, diamond, pentagon, plus: told apart without colour.
const shapes = [
  'M1 1h10v10H1z',
  'M6 .5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11z',
  'M6 .5 12 11.5H0z',
  'M6 0l6 6-6 6-6-6z',
  'M6 .3l6 4.3-2.3 7.1H2.3L0 4.6z',
  'M4 0h4v4h4v4H8v4H4V8H0V4h4z',
];

/** A city: shape, name and colour. Further cities take the pair of their position, which is data. */
export function CityMark({ city }: { city: CityMarkData }) {
  const language = useLanguage();
  const pair = city.position % shapes.length;
  const name = textIn(city.name, language);
  return (
    <span class={`city city-${pair}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={shapes[pair]} />
      </svg>
      <span lang={name.lang === language ? undefined : name.lang}>{name.text}</span>
    </span>
  );
}
