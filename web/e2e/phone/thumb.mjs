import { setTimeout as pause } from 'node:timers/promises';

/** The keystroke-level model for a thumb on a phone, in seconds. */
export const model = {
  /** Deciding what to do, before each act. */
  think: 1.35,
  /** Pointing at something and touching it. */
  tap: 1.1,
  /** Pushing the page up or down by most of a screen. */
  flick: 1.1,
  /** 36 words a minute. */
  character: 0.33,
  /** 200 words a minute. */
  word: 0.3,
};

/** Acts that a paste is made of: to the notes and back, select, copy, hold, paste; three of them are decided on. */
const paste = { taps: 7, thoughts: 3 };
/** Names that the phone's picker of a list shows at a time. */
const rolled = 9;

/**
 * A person with a phone: every act on the page goes through here and is counted, scrolling included, and the time
 * from an act to what it leads to is measured. `read` counts the words of a page that were not read before.
 */
export class Thumb {
  taps = 0;
  thoughts = 0;
  flicks = 0;
  typed = 0;
  pasted = 0;
  /** Words of the pages; own answers that were shown again are counted apart. */
  words = 0;
  ownWords = 0;
  /** Milliseconds spent waiting for the page. */
  waited = 0;
  /** What a thumb cannot do well on the pages of the way. */
  faults = [];
  /** The phases of the way with their seconds, as they are closed. */
  phases = [];
  #seen = new Set();
  #own = [];
  #from = 0;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Seconds that the person has needed until now. */
  get seconds() {
    return (
      this.thoughts * model.think +
      this.taps * model.tap +
      this.flicks * model.flick +
      this.typed * model.character +
      this.words * model.word +
      this.waited / 1000
    );
  }

  /** Ends a phase of the way. */
  phase(name) {
    this.phases.push([name, this.seconds - this.#from]);
    this.#from = this.seconds;
  }

  /** Counts acts outside of the page, such as those of the phone's own dialogs. */
  outside(taps, thoughts = taps) {
    this.taps += taps;
    this.thoughts += thoughts;
  }

  /** Touches something and waits for what it leads to. */
  async tap(target, leadsTo) {
    await this.#touch(target);
    if (leadsTo) await this.wait(leadsTo);
  }

  /** What the person waits for; nothing else goes on meanwhile. */
  async wait(leadsTo, timeout = 60_000) {
    const start = Date.now();
    try {
      if (typeof leadsTo === 'function') await leadsTo();
      else await leadsTo.first().waitFor({ timeout });
    } finally {
      this.waited += Date.now() - start;
    }
  }

  /** Writes letter by letter. */
  async type(target, text) {
    await this.#touch(target);
    await this.page.keyboard.type(text);
    this.typed += [...text].length;
  }

  /** Fetches a prepared text from the phone's notes. */
  async paste(target, text) {
    await this.#touch(target);
    await this.page.keyboard.insertText(text);
    this.outside(paste.taps - 1, paste.thoughts - 1); // the field itself was touched
    this.pasted += [...text].length;
    this.#own.push(text.replace(/\s+/g, ' '));
  }

  /** Picks from a native list, rolling to the place where it stands. */
  async pick(target, label) {
    await this.#touch(target);
    const at = await target.evaluate((list, text) => {
      const place = [...list.options].findIndex((option) => option.text === text);
      return Math.abs(place - list.selectedIndex);
    }, label);
    await target.selectOption({ label });
    this.flicks += Math.floor(at / rolled);
    this.outside(1);
  }

  /** Picks a file in the phone's own dialog: the folder, the file. */
  async attach(target, path) {
    await this.#reach(target);
    await target.setInputFiles(path);
    this.outside(3);
  }

  /** Reads what stands in the main part and was not read before. */
  async read() {
    const texts = await this.page.locator('main').evaluate(visibleTexts);
    for (const text of texts) {
      const words = text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
      if (this.#own.some((own) => own.includes(text))) this.ownWords += words;
      else if (!this.#seen.has(text)) this.words += words;
      this.#seen.add(text);
    }
  }

  /** Reads something that is not a page, such as a mail. */
  readText(text) {
    this.words += text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  }

  async #touch(target) {
    await this.#reach(target);
    this.thoughts++;
    this.taps++;
    const fault = await target.evaluate(unfit);
    if (fault) this.faults.push(`${new URL(this.page.url()).pathname}: ${fault}`);
    await target.tap();
  }

  /** Flicks until the target is in the window; where it has room it comes to the middle, above the keyboard. */
  async #reach(target) {
    await target.waitFor();
    for (let tries = 0; tries < 40; tries++) {
      const far = await target.evaluate(distance);
      if (far === 0) return;
      const most = 0.75 * this.page.viewportSize().height;
      await this.#flick(Math.max(-most, Math.min(most, far)));
    }
    throw new Error(`${target} does not come into the window`);
  }

  async #flick(by) {
    this.flicks++;
    const { width, height } = this.page.viewportSize();
    const line = await this.page.context().newCDPSession(this.page);
    const touch = (type, y) =>
      line.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x: width - 8, y }],
      });
    const start = (height + by) / 2;
    await touch('touchStart', start);
    for (let part = 1; part <= 8; part++) await touch('touchMove', start - (by * part) / 8);
    // Held still at its end, so that the page does not run on.
    await pause(120);
    await touch('touchMove', start - by);
    await touch('touchEnd');
    await line.detach();
    await pause(60);
  }
}

// Runs in the page: how far to scroll so that an element can be touched; 0 where it can.
function distance(element) {
  const shown = element.matches('input[type=radio], input[type=checkbox], input[type=file]')
    ? (element.closest('label') ?? element)
    : element;
  const box = shown.getBoundingClientRect();
  const middle = box.top + Math.min(box.height, innerHeight) / 2;
  if (middle > 60 && middle < innerHeight - 30) return 0;
  const room = middle > 60 ? document.documentElement.scrollHeight - innerHeight - scrollY : scrollY;
  const wanted = middle - innerHeight / 2;
  const by = Math.sign(wanted) * Math.min(Math.abs(wanted), room);
  return Math.abs(by) < 1 ? 0 : by;
}

// Runs in the page: whether what is to be touched is smaller than a thumb, and whether the page is too wide.
function unfit(element) {
  // The link of a row covers it all.
  const holder = element.matches('.row-link')
    ? element.closest('li')
    : element.matches('input[type=radio], input[type=checkbox]')
      ? element.closest('.choice')
      : null;
  const shown = holder ?? element;
  const { width, height } = shown.getBoundingClientRect();
  const name = element.textContent || element.name || element.tagName;
  // Links within a line of text are as high as the line.
  const least = getComputedStyle(element).display === 'inline' ? 24 : 44;
  if (Math.min(width, height) < least) return `“${name}” is ${width.toFixed(0)} × ${height.toFixed(0)}`;
  const over = document.documentElement.scrollWidth - innerWidth;
  return over > 0 ? `${over} px wider than the window` : '';
}

// Runs in the page: the texts of an element that can be seen, in order; lists to choose from are not read.
function visibleTexts(main) {
  const found = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.replace(/\s+/g, ' ').trim();
    const holder = walker.currentNode.parentElement;
    if (!text || holder.closest('select, .visually-hidden')) continue;
    if (holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(text);
  }
  return found;
}
