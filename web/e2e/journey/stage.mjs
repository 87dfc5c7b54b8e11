import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, repository, signIn, watch } from '../lib/index.mjs';

const words = {
  en: { prefix: '', email: 'E-mail address', password: 'Password', go: 'Sign in', zone: 'Europe/London' },
  es: {
    prefix: '/es',
    email: 'Correo electrónico',
    password: 'Contraseña',
    go: 'Iniciar sesión',
    zone: 'Europe/Madrid',
  },
  ja: {
    prefix: '/ja',
    email: 'メールアドレス',
    password: 'パスワード',
    go: 'ログインする',
    zone: 'Asia/Tokyo',
  },
};

/** The address of a path in a language. */
export const inLanguage = (language, path) => (words[language].prefix + path).replace(/(.)\/$/, '$1') || '/';

/**
 * What the steps of the journey share: the server, the browser, and what earlier steps found out (`known`:
 * addresses, references, plain values only), a folder for files. Every page that a step opens is watched for console errors.
 */
export class Stage {
  /** @type {{ page: import('playwright-core').Page, take: () => string[] }[]} */
  #open = [];
  /** Languages in which somebody has signed in by the form. */
  #signedIn = new Set();
  #whole;

  constructor(server, browser, known = {}) {
    this.server = server;
    this.browser = browser;
    this.known = known;
    this.media = mkdtempSync(join(tmpdir(), 'fieldtrial-journey-'));
  }

  /** Removes the files that were made and downloaded. */
  async end() {
    await this.#whole?.close();
    rmSync(this.media, { recursive: true, force: true });
  }

  /** A window of its own, where nobody is signed in; `windows`: in the whole browser, which shows PDFs. */
  async open({
    language = 'en',
    zone = words[language].zone,
    width = 1280,
    height = 900,
    windows = false,
  } = {}) {
    if (windows) this.#whole ??= await launch({ windows });
    const context = await (windows ? this.#whole : this.browser).newContext({
      baseURL: this.server.url,
      locale: language,
      timezoneId: zone,
      viewport: { width, height },
      reducedMotion: 'reduce',
      colorScheme: 'light',
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    this.#open.push({ page, take: watch(page).take });
    return page;
  }

  /** Somebody comes to a path without being signed in. */
  async visit(path, options = {}) {
    const page = await this.open(options);
    await page.goto(inLanguage(options.language ?? 'en', path));
    return page;
  }

  /** Signs in on the way to a path: by the form, whoever is the first in a language. */
  async as(email, path, options = {}) {
    const { language = 'en', password = this.server.password } = options;
    const page = await this.open(options);
    if (this.#signedIn.has(language)) await signIn(page, this.server, email, password);
    else await this.#byForm(page, email, password, language);
    this.#signedIn.add(language);
    await page.goto(inLanguage(language, path));
    return page;
  }

  async #byForm(page, email, password, language) {
    const { email: address, password: secret, go } = words[language];
    await page.goto(inLanguage(language, '/sign-in'));
    await page.getByRole('textbox', { name: address }).fill(email);
    await page.getByLabel(secret).fill(password);
    await page.getByRole('main').getByRole('button', { name: go, exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  }

  /** With SCREENSHOTS=1: a picture for the README, of what a window of this size shows. */
  async shot(page, name, { width = 1280, height = 860 } = {}) {
    if (!process.env.SCREENSHOTS) return;
    const before = page.viewportSize();
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(300); // fonts and the new layout
    const path = join(repository, 'docs/images', `${name}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    const { size } = statSync(path);
    if (size > 200_000) throw new Error(`${path} has ${size} bytes`);
    await page.setViewportSize(before);
  }

  /** The page that was opened last, to be pictured when a step fails. */
  get last() {
    return this.#open.at(-1)?.page;
  }

  /** Closes what a step opened; throws when one of its pages wrote an error to its console. */
  async close() {
    const faults = this.#open.flatMap(({ page, take }) => take().map((fault) => `${page.url()}: ${fault}`));
    for (const { page } of this.#open.splice(0)) await page.context().close();
    const real = faults.filter((fault) => !asked(fault));
    if (real.length > 0) throw new Error(`the console of a page has errors:\n${real.join('\n')}`);
  }
}

// Chromium writes every answer of 400 and above to the console. A receipt that waits for its signature is one,
// and so are a form and an entry that are sent with faults on purpose.
const asked = (fault) => /status of 409.*\/receipt|status of 422.*\/(?:form|submit)\b/.test(fault);
