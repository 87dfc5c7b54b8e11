/**
 * The keystroke-level model of Card, Moran and Newell (1980) for somebody who works by keyboard alone, in seconds.
 * A key is that of an average typist; the mind prepares before each act and each sentence. The model knows nothing
 * of reading: what a page says is counted apart, at 500 signs a minute.
 */
export const model = { key: 0.28, mind: 1.35, sign: 60 / 500 };

/** Counts what a person does, and the time from an act to what it leads to. */
export class Typist {
  keys = 0;
  acts = 0;
  /** Signs of the pages that were not read before. */
  signs = 0;
  /** Milliseconds spent waiting for the page. */
  waited = 0;
  /** The parts of the way with their seconds, as they are closed. */
  parts = [];
  #read = new Set();
  #from = 0;

  /** Seconds that the person has needed until now, without reading. */
  get seconds() {
    return this.keys * model.key + this.acts * model.mind + this.waited / 1000;
  }

  /** Seconds for reading once what the pages said. */
  get reading() {
    return this.signs * model.sign;
  }

  /** Counts one key. */
  key() {
    this.keys++;
  }

  /** Counts one act: finding something and going there. */
  act() {
    this.acts++;
  }

  /** Ends a part of the way. */
  part(name) {
    this.parts.push([name, this.seconds - this.#from]);
    this.#from = this.seconds;
  }

  /** What the person waits for; nothing else goes on meanwhile. */
  async wait(work) {
    const start = Date.now();
    try {
      return await work();
    } finally {
      this.waited += Date.now() - start;
    }
  }

  /** Counts a text that is typed: its keys, and a thought a sentence. */
  typed(text) {
    this.keys += keysOf(text);
    this.acts += text.match(/[^。\n]+/gu)?.length ?? 0;
  }

  /** Reads what stands in the main part of a page and was not read before; own words in fields are not. */
  async read(page) {
    for (const text of await page.locator('main').evaluate(visibleTexts)) {
      if (!this.#read.has(text)) this.signs += [...text].length;
      this.#read.add(text);
    }
  }
}

const small = /[ぁぃぅぇぉゃゅょゎァィゥェォャュョヮッっー]/u;
const vowels = /[あいうえおアイウエオ]/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const kanji = /[\p{Script=Han}々]/u;

/**
 * Keys that a text takes with a Japanese input method: kana in Roman letters, a kanji as two kana of two keys, and
 * for each run of kanji or katakana the conversion, a look at another candidate every second time, and the
 * acceptance. Never fewer than a person needs: on average a kanji is read in less than two kana.
 */
export function keysOf(text) {
  let keys = 0;
  for (const sign of text) {
    if (kanji.test(sign)) keys += 4;
    else if (kana.test(sign) && !small.test(sign) && !vowels.test(sign)) keys += 2;
    else keys += 1;
  }
  const runs = text.match(/[\p{Script=Han}々]+|[\p{Script=Katakana}ー]+/gu)?.length ?? 0;
  return keys + Math.ceil(runs * 2.5);
}

// Runs in the page: the texts of an element that can be seen, in order; lists to choose from are not read, nor are
// the other challenges in the list of them.
function visibleTexts(main) {
  const found = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.replace(/\s+/g, ' ').trim();
    const holder = walker.currentNode.parentElement;
    if (!text || holder.closest('select, textarea, .rows, .visually-hidden')) continue;
    if (holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(text);
  }
  return found;
}
