import { sql } from '../journey/sql.mjs';
import { accounts, apiAs } from '../lib/index.mjs';
import { draftChallenge } from '../lib/world/challenge.mjs';

const must = (ok, message) => {
  if (!ok) throw new Error(message);
};

/** Waits until something holds. */
async function until(holds, message) {
  const end = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(message);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** In Spanish, as an official of Santander: one question of each kind, and one that depends on another. */
export async function build(stage) {
  const official = await apiAs(stage.server, accounts.santander);
  stage.known.id = await draftChallenge(official, { title: 'Playas con aviso' });
  const page = await stage.as(accounts.santander, `/manage/challenges/${stage.known.id}/form`, {
    language: 'es',
  });
  await page.getByRole('heading', { level: 1, name: 'Formulario de candidatura' }).waitFor();
  await page.getByRole('button', { name: 'Añadir una sección' }).click();
  await page
    .getByRole('textbox', { name: /^Título de la sección/ })
    .last()
    .fill('Su prueba en cifras');
  const section = page.getByRole('region', { name: 'Su prueba en cifras' }).first();
  const preview = page.getByRole('region', { name: 'Vista previa' });
  const add = async (label, kind, more = async () => {}) => {
    await section.getByRole('button', { name: 'Añadir una pregunta' }).click();
    // The new question is open, with the focus where its words go.
    await page.keyboard.type(label);
    const item = section.getByRole('listitem').filter({ has: page.getByRole('heading', { name: label }) });
    await item.getByRole('combobox', { name: 'Tipo de respuesta' }).selectOption({ label: kind });
    await more(item);
  };
  await add('Dónde se prueba', 'Una opción', async (item) => {
    await item.getByRole('textbox', { name: /^Opción 1/ }).fill('En la costa');
    await item.getByRole('textbox', { name: /^Opción 2/ }).fill('En la ciudad');
    await item.getByRole('checkbox', { name: 'La respuesta es obligatoria' }).check();
  });
  await add('Qué playas', 'Varias opciones', async (item) => {
    await item.getByRole('textbox', { name: /^Opción 1/ }).fill('El Sardinero');
    await item.getByRole('textbox', { name: /^Opción 2/ }).fill('La Magdalena');
    await item.getByRole('checkbox', { name: 'La respuesta es obligatoria' }).check();
    await item
      .getByRole('combobox', { name: 'Cuándo se pregunta' })
      .selectOption({ label: 'Solo si «Dónde se prueba» es «En la costa»' });
  });
  await add('Personas por hora', 'Número', async (item) => {
    await item.getByRole('spinbutton', { name: /^Número mínimo/ }).fill('1');
    await item.getByRole('spinbutton', { name: /^Número máximo/ }).fill('5000');
    await item.getByRole('textbox', { name: /^Unidad/ }).fill('personas');
  });
  await add('Primer día posible', 'Fecha');
  await add('En cinco palabras', 'Texto largo', async (item) => {
    await item.getByRole('spinbutton', { name: /^Máximo de palabras/ }).fill('5');
    await item.getByRole('checkbox', { name: 'El jurado puede ver la respuesta' }).uncheck();
  });
  await add('Plano', 'Archivo', async (item) => {
    await item.getByRole('checkbox', { name: 'Imagen' }).check();
    await item.getByRole('spinbutton', { name: /^Tamaño máximo/ }).fill('2');
  });

  // The preview has the entrant's own controls: what depends on a choice comes with it, limits are counted.
  must((await preview.getByRole('group', { name: /^Qué playas/ }).count()) === 0, 'asked before its choice');
  await preview.getByRole('radio', { name: 'En la costa' }).check();
  await preview.getByRole('group', { name: /^Qué playas/ }).waitFor();
  await preview.getByRole('textbox', { name: /^En cinco palabras/ }).fill('una dos tres cuatro cinco seis');
  await preview.getByText('Sobra 1 palabra').waitFor();
  await preview.getByText('PDF, PNG, JPG, JPEG, WEBP, hasta 2 MB.').waitFor();

  // A question without words is named in the summary, and the link leads to it.
  await section.getByRole('button', { name: 'Añadir una pregunta' }).click();
  await page.getByRole('button', { name: 'Guardar el formulario' }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /^Pregunta: / })
    .click();
  await page.keyboard.type('Sobra');
  await page.getByRole('button', { name: 'Quitar: Sobra' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click();
  await page.getByRole('button', { name: 'Guardar el formulario' }).click();
  await page.getByText('Formulario guardado').first().waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Editar: En cinco palabras' }).click();
  must(
    (await page.getByRole('spinbutton', { name: /^Máximo de palabras/ }).inputValue()) === '5',
    'the limit is gone',
  );
}

/** By keyboard: a question goes up and over the edge of its section, a copy is made and taken out again. */
export async function order(stage) {
  const page = await stage.as(accounts.santander, `/manage/challenges/${stage.known.id}/form`);
  const names = async () =>
    (await page.locator('.builder-field > h3').allTextContents()).map((each) => each.trim());
  await page.getByRole('heading', { level: 3, name: 'Personas por hora' }).first().waitFor();
  const before = await names();
  const at = before.indexOf('Personas por hora');
  const press = async (name) => {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Move up: Personas por hora');
  await until(async () => (await names())[at - 1] === 'Personas por hora', 'did not move up');
  // The focus went along: three more presses take it into the section before.
  for (let n = 0; n < 2; n++) await page.keyboard.press('Enter');
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  must(focused === 'Move up: Personas por hora', `the focus is on ${focused}`);
  const files = page
    .locator('.builder-section')
    .filter({ has: page.getByRole('heading', { level: 2, name: 'Archivos' }) });
  await files.getByRole('heading', { level: 3, name: 'Personas por hora' }).waitFor();
  for (let n = 0; n < 3; n++) await press('Move down: Personas por hora');
  await until(async () => (await names()).join() === before.join(), 'the order is not what it was');

  await press('Duplicate: Plano');
  await until(async () => (await names()).filter((each) => each === 'Plano').length === 2, 'no copy');
  await page.getByRole('button', { name: 'Remove: Plano' }).last().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await until(async () => (await names()).join() === before.join(), 'the copy is still there');
}

/** What a published challenge does not allow is done as it is returned: the same page, with an entry under way. */
export async function change(stage) {
  await sql(
    stage.server,
    `update challenges set submitted_at = null, approved_at = null, published_at = null where id = '${stage.known.id}'`,
  );
  const page = await stage.as(accounts.santander, `/manage/challenges/${stage.known.id}/form`);
  await page.getByText('1 entry has been started').waitFor();
  await page.getByRole('tab', { name: 'Español' }).click();
  await page.getByRole('button', { name: 'Remove: Primer día posible' }).click();
  await page.getByText('Answers that teams gave stay readable to them.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Edit: Personas por hora' }).click();
  await page.getByRole('spinbutton', { name: /^Largest number/ }).fill('900');
  const last = page.getByRole('region', { name: 'Su prueba en cifras' }).first();
  await last.getByRole('button', { name: 'Add a question' }).click();
  await page.keyboard.type('Quién avisa');
  await page.getByRole('button', { name: 'Save the form' }).click();
  await page.getByText('The form is saved').first().waitFor();
  await sql(
    stage.server,
    `update challenges set submitted_at = now(), approved_at = now(), published_at = now() where id = '${stage.known.id}'`,
  );
}
