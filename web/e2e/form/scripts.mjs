import { accounts } from '../lib/index.mjs';

/** Texts that break careless pages: right to left, joined emoji, a word of forty letters, both widths, both names. */
const texts = [
  'مشروع الشاطئ الآمن — نسخة ٢',
  '👩‍👩‍👧‍👦 家族 🇪🇸🇯🇵 👍🏽',
  'Donaudampfschifffahrtsgesellschaftskapit',
  '株式会社ＡＢＣ　１２３ (Fujisawa Sea K.K.)',
  'שלום עולם, hello world',
];

const must = (ok, message) => {
  if (!ok) throw new Error(message);
};

/** Every text field of the entry and of the team takes each of them and gives it back, and no page grows wider than 320 px. */
export async function scripts(stage) {
  const { entry, team } = stage.known;
  const page = await stage.as(accounts.startup, `/my/entries/${entry}`, { width: 320, height: 720 });
  await page.getByRole('link', { name: 'Su prueba en cifras' }).waitFor();
  const sections = await page
    .locator(`a[href*="/my/entries/${entry}/edit/"]`)
    .evaluateAll((all) => [...new Set(all.map((each) => each.getAttribute('href').split('#')[0]))]);
  must(sections.length >= 4, `${sections.length} sections`);
  let fields = 0;
  for (const address of sections) {
    await page.goto(address);
    await page.locator('main form').waitFor();
    const boxes = page.locator('main form').locator('textarea, input:not([type]), input[type=text]');
    const typed = [];
    for (let at = 0; at < (await boxes.count()); at++) {
      const box = boxes.nth(at);
      if ((await box.getAttribute('inputmode')) === 'decimal') continue;
      const text = texts[(fields + typed.length) % texts.length];
      await box.fill(text);
      must((await box.getAttribute('dir')) === 'auto', `${await box.getAttribute('name')} has no dir`);
      typed.push([at, text]);
    }
    if (typed.length === 0) continue;
    fields += typed.length;
    await page.getByText(/^Draft saved/).waitFor();
    await fits(page);
    await page.reload();
    await boxes.first().waitFor();
    for (const [at, text] of typed) {
      const value = await boxes.nth(at).inputValue();
      must(value === text, `typed ${text}, found ${value}`);
    }
  }
  must(fields >= 8, `${fields} text fields`);
  await page.goto(`/my/entries/${entry}/check`);
  for (const text of texts) await page.getByText(text, { exact: true }).first().waitFor();
  await fits(page);

  await page.goto(`/my/teams/${team}`);
  for (const [n, text] of texts.entries()) {
    const name = page.getByRole('textbox', { name: /^Name of the team/ });
    await name.fill(text);
    const latin = page.getByRole('textbox', { name: /Latin/ });
    await latin.fill(texts[(n + 2) % texts.length]);
    await page.getByRole('button', { name: 'Save the team' }).click();
    await page.getByText(text).first().waitFor();
    await fits(page);
    await page.reload();
    await name.waitFor();
    must((await name.inputValue()) === text, `the team is not called ${text}`);
  }
  await page.goto('/my/entries');
  await page.getByText(texts.at(-1)).first().waitFor();
  await fits(page);
}

async function fits(page) {
  const { wide, at } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    at: location.pathname,
  }));
  must(wide <= 320, `${at} is ${wide} px wide at 320`);
}
