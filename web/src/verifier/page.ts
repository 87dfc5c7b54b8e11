import { Wrong } from './bytes.ts';
import { belong, joined, onTime, type Receipt, verifyReceipt } from './receipt.ts';
import { type Reviews, verifyBundle, verifyOpenings } from './reviews.ts';

// The page is one file that needs no server: words stand in it in every language, and CSS shows the chosen one.

type Fact = [string, string | number];
type Shown = { tone: 'good' | 'bad' | 'open'; title: string; says: string[]; facts?: Fact[] };

const at = (id: string) => document.getElementById(id) as HTMLElement;
const texts = new Map<string, string>(); // by name, as dropped or pasted
const input = at('file') as HTMLInputElement;
const area = at('text') as HTMLTextAreaElement;
const pin = at('key') as HTMLInputElement;

/** A sentence of the page in all languages. */
function words(id: string, ...values: (string | number)[]): DocumentFragment {
  const out = document.createDocumentFragment();
  for (const each of at(`w-${id}`).children) {
    const copy = each.cloneNode(true);
    copy.textContent = (copy.textContent ?? '').replace(/\{(\d)\}/g, (_, n) => `${values[n]}`);
    out.append(copy);
  }
  return out;
}

function add(parent: HTMLElement, tag: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  parent.append(made);
  return made;
}

function show({ tone, title, says, facts = [] }: Shown, name: string, button?: () => void): void {
  const card = add(at('results'), 'li');
  card.className = tone;
  add(card, 'h2', words(title));
  if (name) add(card, 'p', name).className = 'name';
  for (const each of says) add(card, 'p', words(each));
  const list = add(card, 'dl');
  for (const [label, value] of facts) {
    add(list, 'dt', words(label));
    add(list, 'dd', `${value}`);
  }
  if (button) add(card, 'button', words('fetch')).onclick = button;
}

const signedBy = ({ key, checkpoint }: Receipt): Fact[] => [
  ['f-key', key],
  ['f-time', checkpoint.time],
];

/** Whether the key is the one the reader knows; without one, that it should be compared. */
function keySaid({ key }: Receipt): string {
  const wanted = pin.value.trim();
  if (wanted && wanted !== key) throw new Wrong('key_other');
  return wanted ? 'pinned' : 'unpinned';
}

const ofReceipt = (r: Receipt): Shown => ({
  tone: 'good',
  title: 'receipt',
  says: ['proven', 'unproven', keySaid(r)],
  facts: [
    ['f-text', r.payload],
    ['f-kind', r.kind],
    ['f-place', `${r.index} / ${r.checkpoint.size}`],
    ...signedBy(r),
  ],
});

const ofReviews = (r: Reviews, bundle: boolean): Shown => ({
  tone: 'good',
  title: bundle ? 'bundle' : 'openings',
  says: bundle
    ? ['bundle-proven', 'bundle-not', keySaid(r.lock)]
    : ['openings-proven', 'openings-not', keySaid(r.lock)],
  facts: [
    ...(r.reference ? ([['f-entry', r.reference]] as Fact[]) : []),
    ['f-place', `${r.lock.index} / ${r.lock.checkpoint.size}`],
    ['f-reviews', r.reviews],
    [bundle ? 'f-means' : 'f-totals', r.totals.map((each) => each.toFixed(4)).join(' · ')],
    ...(r.mean === undefined ? [] : ([['f-mean', r.mean.toFixed(4)]] as Fact[])),
    ...signedBy(r.lock),
  ],
});

function failed(failure: unknown, name: string): void {
  const code = failure instanceof Wrong ? failure.message : 'malformed';
  show(
    {
      tone: code === 'unsupported' ? 'open' : 'bad',
      title: code === 'unsupported' ? 'cannot' : 'failed',
      says: [`e-${code}`],
    },
    name,
  );
}

/** Looks at one text and shows what it proves; the receipt, where it is one. */
async function look(text: string, name: string): Promise<Receipt | undefined> {
  const format = /^\{"format":"fieldtrial\.v1\/(\w+)"/.exec(text)?.[1];
  if (format === 'openings' || format === 'audit') {
    const bundle = format === 'audit';
    show(ofReviews(await (bundle ? verifyBundle : verifyOpenings)(text), bundle), name);
    return undefined;
  }
  const receipt = await verifyReceipt(text);
  show(ofReceipt(receipt), name);
  return receipt;
}

/** Says first of all whether an entry came before its deadline, which is here too. */
async function compare(entry: Receipt, deadline: Receipt, proofs: string[]): Promise<void> {
  const one = await joined(entry, deadline, proofs);
  const early = onTime(entry, deadline);
  const online = location.protocol.startsWith('http');
  const facts: Fact[] = [
    ['f-index', entry.index],
    ['f-deadline', deadline.index],
  ];
  show(
    {
      tone: !one ? 'open' : early ? 'good' : 'bad',
      title: !early ? 'late' : one ? 'on-time' : 'maybe',
      says: [one ? 'time-says' : 'apart'],
      facts,
    },
    '',
    one || !online ? undefined : () => ask(entry, deadline),
  );
  const list = at('results');
  list.prepend(list.lastChild as Node);
}

/** Fetches what joins two checkpoints. It is checked like every other file. */
async function ask(a: Receipt, b: Receipt): Promise<void> {
  const [from, to] = [a.checkpoint.size, b.checkpoint.size].sort((x, y) => x - y);
  const answer = await fetch(`/api/v1/record/consistency?from=${from}&to=${to}`).then((each) => each.json());
  texts.set('consistency', answer.file);
  await run();
}

let turn = 0;

async function run(): Promise<void> {
  const mine = ++turn;
  at('results').replaceChildren();
  const found: Receipt[] = [];
  const proofs: string[] = [];
  for (const [name, text] of texts) {
    if (text.startsWith('old ')) proofs.push(text);
    else {
      const receipt = await look(text.trim(), name).catch((failure) => failed(failure, name));
      if (receipt) found.push(receipt);
    }
    if (mine !== turn) return;
  }
  for (const entry of found)
    for (const deadline of found)
      if (belong(entry, deadline))
        await compare(entry, deadline, proofs).catch((failure) => failed(failure, ''));
  at('results').dataset.done = `${mine}`;
}

async function take(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    // Bytes that are no UTF-8 must not be read as others.
    const text = await file
      .arrayBuffer()
      .then((bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    texts.set(file.name, text);
  }
}

const taking = (files: Iterable<File>) =>
  take(files)
    .then(run)
    .catch((failure) => failed(failure, ''));

function speak(language: string): void {
  document.documentElement.lang = language;
  document.title = at('w-title').querySelector(`[lang=${language}]`)?.textContent ?? '';
  for (const each of document.querySelectorAll<HTMLElement>('[data-to]'))
    each.setAttribute('aria-pressed', `${each.dataset.to === language}`);
}

for (const each of document.querySelectorAll<HTMLElement>('[data-to]'))
  each.onclick = () => speak(each.dataset.to ?? 'en');
const local =
  location.protocol === 'file:' && ['es', 'ja'].find((each) => navigator.language.startsWith(each));
speak(local || document.documentElement.lang);
input.onchange = () => taking(input.files ?? []);
at('check').onclick = () => {
  for (const [n, text] of area.value.trim().split('\n{"').entries())
    if (text) texts.set(`#${n + 1}`, n ? `{"${text}` : text);
  void run();
};
at('clear').onclick = () => {
  texts.clear();
  area.value = input.value = '';
  void run();
};
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void taking(event.dataTransfer?.files ?? []);
});
