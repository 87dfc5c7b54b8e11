/** Where the texts of the features lie in this language; those of the first pages are known without it. */
export default import.meta.glob<{ default: Record<string, string> }>([
  '../../features/*/messages/en.json',
  '!../../features/contest/**',
]);
