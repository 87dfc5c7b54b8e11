import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countCharacters, countWords } from './count';

type Case = { name: string; text: string; characters: number; words: number };

// The table that the server's counting is held to, too.
const cases: Case[] = JSON.parse(
  readFileSync(`${process.cwd()}/../internal/lang/testdata/counting.json`, 'utf8'),
);

test.each(cases)('$name', ({ text, characters, words }) => {
  expect({ characters: countCharacters(text), words: countWords(text) }).toEqual({ characters, words });
});
