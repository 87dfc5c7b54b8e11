const filters = {
  en: { search: 'Search', city: 'City', status: 'Status', count: /^\d+ challenges?$/ },
  es: { search: 'Buscar', city: 'Ciudad', status: 'Estado', count: /^\d+ retos?$/ },
  ja: { search: '検索', city: '都市', status: '状態', count: /^\d+件の(?:チャレンジ|課題)$/ },
};

/** 2a: a visitor searches and filters; the address keeps it, and what closes first comes first. */
export async function find(stage) {
  const page = await stage.visit('/challenges', { zone: 'America/New_York' });
  const list = page.getByRole('list', { name: 'Challenges' });
  const count = await page.getByRole('main').getByText(filters.en.count).textContent();
  const all = Number.parseInt(count, 10);
  await list
    .getByRole('listitem')
    .nth(all - 1)
    .waitFor();
  const deadlines = await list.locator('time').evaluateAll((each) => each.map((time) => time.dateTime));
  if (deadlines.length < 8) throw new Error(`only ${deadlines.length} challenges are listed`);
  if (deadlines.join() !== [...deadlines].sort().join()) throw new Error(`not in order: ${deadlines}`);

  await page.getByRole('combobox', { name: 'City' }).selectOption({ label: 'Fujisawa' });
  await page.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Open' });
  await page.waitForURL((url) => url.search.includes('city=fujisawa') && url.search.includes('status=open'));
  // The rows of before stay until the new ones are there.
  const others = list.getByRole('listitem').filter({ hasNotText: 'Fujisawa' });
  await others.first().waitFor({ state: 'detached' });
  await list.getByRole('listitem').first().waitFor();

  await page.getByRole('searchbox', { name: 'Search' }).fill('駅前');
  await page.waitForURL((url) => url.searchParams.get('q') === '駅前');
  await page.getByRole('main').getByText('1 challenge', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('main').getByText('1 challenge', { exact: true }).waitFor();
  if ((await page.getByRole('searchbox', { name: 'Search' }).inputValue()) !== '駅前') {
    throw new Error('the address does not keep the words');
  }
  await page.getByRole('link', { name: stage.known.title }).click();
  await page.getByRole('heading', { level: 1, name: stage.known.title }).waitFor();
}

/** 2b: a challenge in three languages, each at its own address, with the deadline in three zones. */
export async function read(stage) {
  const page = await stage.visit('/challenges?city=santander&status=open', { zone: 'America/New_York' });
  const list = page.getByRole('list', { name: 'Challenges' });
  await list.getByRole('listitem').filter({ hasText: 'Sample' }).first().getByRole('link').click();
  await page.getByRole('term').filter({ hasText: 'UTC' }).waitFor();
  const slug = new URL(page.url()).pathname.split('/').at(-1);
  const titles = new Set();
  const own = (words) => new RegExp(`^${words}.?GMT−[45].$`);
  for (const [language, zones] of Object.entries({
    en: [own('Deadline, your time '), /^Santander \(CET\)$/],
    es: [own('Fin de plazo, su hora '), /^Santander \(CET\)$/],
    ja: [own('締切（あなたの現地時間'), /^サンタンデール.*（CET）$/],
  })) {
    await page.locator('#language').selectOption(language);
    const prefix = language === 'en' ? '' : `/${language}`;
    await page.waitForURL((url) => url.pathname === `${prefix}/challenges/${slug}`);
    await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
    const strip = page.locator('dl.deadline');
    for (const zone of [...zones, /^UTC$/]) {
      await strip.getByRole('term').filter({ hasText: zone }).waitFor();
    }
    const instants = await strip.locator('time').evaluateAll((all) => all.map((each) => each.dateTime));
    const shown = await strip.locator('time').allTextContents();
    if (instants.length !== 3 || new Set(instants).size !== 1 || new Set(shown).size !== 3) {
      throw new Error(`${language}: the strip shows ${shown} for ${instants}`);
    }
    if (language === 'en') await stage.shot(page, 'challenge');
    if (language === 'ja') await stage.shot(page, 'challenge-ja-360', { width: 360, height: 740 });
    titles.add(await page.getByRole('heading', { level: 1 }).textContent());
  }
  if (titles.size !== 3) throw new Error(`not in three languages: ${[...titles].join(' | ')}`);
}

/** 2c: the start page shows the list; its filters are there in every language. */
export async function filtersInThreeLanguages(stage) {
  const start = await stage.visit('/');
  await start.getByRole('list', { name: 'Challenges' }).getByRole('listitem').first().waitFor();
  await stage.shot(start, 'landing');
  for (const [language, { search, city, status, count }] of Object.entries(filters)) {
    const page = await stage.visit('/challenges?city=fujisawa&status=open', { language });
    await page.getByRole('searchbox', { name: search }).waitFor();
    await page.getByRole('main').getByText(count).waitFor();
    const chosen = page.getByRole('combobox', { name: city, exact: true });
    if ((await chosen.inputValue()) !== 'fujisawa') throw new Error(`${language}: the city is not chosen`);
    await page.getByRole('combobox', { name: status, exact: true }).waitFor();
  }
}
