import { readFileSync } from 'node:fs';

const catalogues = new Map();

/** A text of the page, in English unless said otherwise: `text('entry', 'enter.go')`; 'app' holds the kit's. */
export function text(feature, key, language = 'en') {
  const folder = feature === 'app' ? 'app' : `features/${feature}`;
  const path = `${folder}/messages/${language}.json`;
  if (!catalogues.has(path)) {
    const file = new URL(`../../src/${path}`, import.meta.url);
    catalogues.set(path, JSON.parse(readFileSync(file, 'utf8')));
  }
  const found = catalogues.get(path)[key];
  if (!found) throw new Error(`there is no text ${path} ${key}`);
  return found;
}

/** What has the focus, in words for a person. */
function focusName(page) {
  return page.evaluate(() => {
    const { tagName, id, textContent } = document.activeElement ?? {};
    return `${tagName}${id ? `#${id}` : ''} “${(textContent ?? '').trim().slice(0, 40)}”`;
  });
}

/**
 * Faults of the focus as a sighted person meets it: out of view, under something else, or without a mark.
 * Elements that hide their native control (a file input under its label) are judged by what covers them.
 */
function unseen(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return 'has no size';
    const x = Math.min(Math.max(box.left + Math.min(box.width, 40) / 2, 1), innerWidth - 1);
    const y = box.top + Math.min(box.height, 40) / 2;
    if (y < 0 || y > innerHeight) return 'is out of view';
    const top = document.elementFromPoint(x, y);
    if (top && !at.contains(top) && !top.contains(at)) return `is covered by ${top.tagName}.${top.className}`;
    // A stretched link marks its row, a radio button its box.
    let marked = false;
    for (let each = at; each && each !== document.body; each = each.parentElement) {
      const { outlineStyle } = getComputedStyle(each);
      marked ||= outlineStyle !== 'none';
    }
    return marked ? '' : 'has no focus mark';
  });
}

const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Types as an input method does: clause by clause, and the line's end by its key. */
async function compose(page, value) {
  for (const clause of value.match(/\n|[^\n、。]+[、。]?|[、。]/gu)) {
    if (clause === '\n') await page.keyboard.press('Enter');
    else await page.keyboard.insertText(clause);
  }
}

/**
 * The keyboard of a page, and nothing but the keyboard.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ key?: () => void, act?: () => void, typed?: (text: string) => void }} [typist] counts what is done: each
 *   key, each act of going somewhere, each text
 */
export function keyboard(page, typist = {}) {
  const press = (key) => {
    typist.key?.();
    return page.keyboard.press(key);
  };
  const type = (value) => {
    typist.typed?.(value);
    return japanese.test(value) ? compose(page, value) : page.keyboard.type(value);
  };

  /** Tabs until the first element of the locator has the focus; fails when it cannot be reached or seen. */
  async function to(locator, { key = 'Tab', most = 150 } = {}) {
    await locator.first().waitFor({ timeout: 30_000 });
    typist.act?.();
    for (let i = 0; i <= most; i++) {
      if (await locator.evaluateAll((all) => all.includes(document.activeElement))) {
        // Scrolling to what has the focus takes a frame.
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        const fault = await unseen(page);
        if (fault) throw new Error(`the focus on ${await focusName(page)} ${fault}`);
        return;
      }
      await press(key);
    }
    throw new Error(`${most} presses of ${key} do not lead to ${locator}; now at ${await focusName(page)}`);
  }

  return {
    press,
    to,
    type,
    async fill(label, value) {
      await to(page.getByLabel(label, { exact: false }));
      await type(value);
    },
    /** Goes to something by `by` and presses it. */
    async activate(locator, key = 'Enter', by = 'Tab') {
      await to(locator, { key: by });
      await press(key);
    },
    heading: (name) => page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 20_000 }),
    focusName: () => focusName(page),
  };
}
