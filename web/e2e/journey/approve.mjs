const words = {
  es: { approve: 'Aprobar', publish: 'Publicar', published: 'Publicado', ask: '¿Publicar este reto?' },
  ja: {
    approve: '承認する',
    publish: '公開する',
    published: '公開しました',
    ask: 'このチャレンジを公開しますか',
  },
};

/** A second official approves what a colleague sent, and publishes it; leaves the page at its overview. */
export async function approve(stage, email, id, language, options = {}) {
  const { approve, publish, published, ask } = words[language];
  const page = await stage.as(email, `/manage/challenges/${id}`, { language, ...options });
  await page.getByRole('button', { name: approve, exact: true }).click();
  await page.getByRole('button', { name: publish, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: ask });
  await dialog.getByRole('button', { name: publish, exact: true }).click();
  await page.getByText(published, { exact: true }).first().waitFor();
  return page;
}
