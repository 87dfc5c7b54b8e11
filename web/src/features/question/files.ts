import type { Question } from './check';

type Family = Question['accept'][number];

/** The media type of each ending, by family: the server knows the same (contest.FileTypes). */
const families: Record<Family, Record<string, string>> = {
  pdf: { pdf: 'application/pdf' },
  image: { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp' },
  video: { mp4: 'video/mp4', webm: 'video/webm' },
  audio: { mp3: 'audio/mpeg', wav: 'audio/wav', m4a: 'audio/x-m4a' },
  document: {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    odt: 'application/vnd.oasis.opendocument.text',
  },
  slides: {
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    odp: 'application/vnd.oasis.opendocument.presentation',
  },
  sheet: {
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
  },
};

/** Every family, in the order in which a builder offers them. */
export const fileFamilies = Object.keys(families) as Family[];

/** The media type by the name: browsers differ in what they call a file. Empty where no form takes it. */
export function typeOf(file: { name: string }): string {
  const ending = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  for (const types of Object.values(families)) if (types[ending]) return types[ending];
  return '';
}

/** The endings that a field takes, with their points: for the file dialog. */
export const extensionsOf = (field: Pick<Question, 'accept'>): string[] =>
  field.accept.flatMap((family) => Object.keys(families[family] ?? {}).map((ending) => `.${ending}`));

/** Why a file cannot be taken, as the key of a message; undefined when it can. */
export function refusal(field: Pick<Question, 'accept' | 'maxBytes'>, file: { name: string; size: number }) {
  const type = typeOf(file);
  const taken = field.accept.flatMap((family) => Object.values(families[family] ?? {}));
  if (!type || !taken.includes(type)) return 'file.wrongType';
  if (file.size === 0) return 'file.isEmpty';
  if (field.maxBytes && file.size > field.maxBytes) return 'file.tooLarge';
  return undefined;
}
