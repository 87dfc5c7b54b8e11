import { accounts } from '../lib/index.mjs';
import { approve } from './approve.mjs';

const japanese = {
  タイトル: '朝の駅前で、だれもが迷わずバスに乗れるように',
  概要: '通勤と通学が重なる朝の駅前で、並ぶ列と空いている乗り場を、外国から来た人や高齢の方にも分かるように伝えてください。',
  課題: '平日の7時から9時まで、辻堂駅の北口では**乗り場が分からず列を離れる人**が一日に約200人います。\n\n- 案内板は日本語のみです\n- 車いすの方は空いている乗り場が分かりません',
  背景: '市は2019年から駅前に人流センサーを置いています。個人を特定する映像は使えません。',
  めざす姿: '- 列を離れる人が半分になる\n- 車いすの方が一人で乗り場を選べる',
  提供するもの: '駅前の実証スペース、人流センサーのデータ、清掃車の走行データ。窓口は平日9時から17時です。',
  応募資格: '国内外のスタートアップと個人の方。応募は日本語、英語、スペイン語で受け付けます。',
  実証の方法: '2週間の実証計画と、画面の例または短い動画を示してください。',
  条件と知的財産: '知的財産は応募者に帰属します。市は実証の結果を公表できます。',
};

const spanish = {
  Título: 'Que nadie espere en vano en la parada',
  Resumen:
    'Avisar a quien espera, también a quien no ve la pantalla, de que el autobús llega lleno o no llega.',
  'El problema': 'En las paradas del centro, **una de cada seis esperas acaba en un autobús lleno**.',
  Contexto: 'La ciudad publica la posición de los autobuses. Los contadores de paso cubren doce paradas.',
  'Cómo se reconoce el éxito': '- Menos esperas en vano\n- Avisos que se oyen y se leen',
  'Recursos que se ofrecen': 'Doce paradas con contador, datos abiertos y una persona de contacto.',
  'Cómo se demuestra la solución': 'Un documento con un ejemplo real, o un vídeo corto.',
};

/** 1a: an official of Fujisawa writes a challenge from the template, in Japanese only, and sends it. */
export async function write(stage) {
  const page = await stage.as(accounts.fujisawa, '/manage/challenges', { language: 'ja' });
  await page.getByRole('link', { name: 'チャレンジを作成する' }).first().click();
  await page.getByRole('textbox', { name: /^仮のタイトル/ }).fill('朝の駅前');
  await page.getByRole('button', { name: '書き始める' }).click();
  await page.getByRole('heading', { level: 1, name: '朝の駅前' }).waitFor();
  const overview = new URL(page.url()).pathname;
  stage.known.challenge = overview.split('/').at(-1);

  await page
    .getByText(/^12セクション中\d+完成$/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'タイトルと概要', exact: true }).click();
  await fill(page, japanese);
  await page.getByText(/に下書きを保存しました/).waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();

  await page.getByRole('link', { name: '評価基準と配点' }).click();
  const first = page.getByRole('region', { name: '市民への効果' });
  await first.getByRole('spinbutton', { name: /^配点/ }).fill('35');
  await page.getByRole('region', { name: 'チーム' }).getByRole('spinbutton', { name: /^配点/ }).fill('5');
  await first.getByText('点数の意味').click();
  await first
    .getByRole('textbox', { name: /^5点の意味/ })
    .fill('駅前を使う人の多くが、初日から違いに気づく。');
  await page.getByText('配点の合計：100／100').waitFor();
  await page.getByRole('button', { name: '評価基準を保存する' }).click();
  await page.getByText('評価基準を保存しました').first().waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();

  await page.getByRole('link', { name: '条件と知的財産' }).click();
  await page.getByRole('radio', { name: /^権利はチームに残り/ }).check();
  await page.getByRole('button', { name: 'この条件を保存する' }).click();
  await page.getByText('条件を保存しました').first().waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();

  await page.getByRole('link', { name: 'テストベッド・日程・URL' }).click();
  await page.getByRole('checkbox', { name: 'プライバシーに配慮したごみの計数' }).check();
  await page.getByRole('textbox', { name: /^公開ページのURL/ }).fill('buses-at-tsujido');
  await page.getByRole('textbox', { name: /^タグ/ }).fill('交通、人流');
  await page.getByRole('button', { name: '保存する', exact: true }).click();
  await page.getByText('保存しました', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();

  await page.getByRole('link', { name: 'プレビュー' }).click();
  await page.getByRole('heading', { level: 1, name: japanese.タイトル }).waitFor();
  await page.getByRole('strong').filter({ hasText: '乗り場が分からず列を離れる人' }).waitFor();
  await page.getByText('駅前を使う人の多くが、初日から違いに気づく。').first().waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();

  await page.getByRole('button', { name: '承認を依頼する' }).click();
  await page.getByText('承認を依頼しました。').waitFor();
  // Nobody publishes alone.
  if (await page.getByRole('button', { name: '承認する', exact: true }).count())
    throw new Error('the author may approve');
  stage.known.slug = 'buses-at-tsujido';
  stage.known.title = japanese.タイトル;
}

/** 1b: a second official reads the preview, approves and publishes; others read the original, marked so. */
export async function publish(stage) {
  const { challenge, slug, title } = stage.known;
  const page = await approve(stage, accounts.fujisawaApprover, challenge, 'ja');
  await page.getByRole('link', { name: '公開ページを見る' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  if (await page.getByText('翻訳準備中').count()) throw new Error('the original is marked as untranslated');

  const marks = { en: 'Translation pending.', es: 'Traducción pendiente.' };
  for (const [language, mark] of Object.entries(marks)) {
    const reader = await stage.visit(`/challenges/${slug}`, { language });
    const heading = reader.getByRole('heading', { level: 1, name: title });
    await heading.waitFor();
    await reader.getByText(mark).waitFor();
    const lang = await heading.evaluate((each) => each.closest('[lang]').lang);
    if (lang !== 'ja') throw new Error(`${language}: the title says it is ${lang}`);
  }
}

/** 1c: the same in Spanish for Santander. */
export async function spanishToo(stage) {
  const page = await stage.as(accounts.santander, '/manage/challenges/new', { language: 'es' });
  await page.getByRole('textbox', { name: /^Título provisional/ }).fill(spanish.Título);
  await page.getByRole('button', { name: 'Empezar a redactar' }).click();
  await page.getByRole('heading', { level: 1, name: spanish.Título }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await page.getByRole('link', { name: 'Condiciones y propiedad intelectual' }).click();
  await page.getByRole('radio', { name: /^El equipo conserva todos/ }).check();
  await page.getByRole('button', { name: 'Guardar la elección' }).click();
  await page.getByText('Condiciones guardadas').first().waitFor();
  await page.getByRole('link', { name: 'Volver al reto' }).click();
  await page.getByRole('link', { name: 'Título y resumen' }).click();
  await fill(page, spanish);
  await page.getByText(/Borrador guardado a las/).waitFor();
  await page.getByRole('link', { name: 'Volver al reto' }).click();
  await page.getByRole('link', { name: 'Bancos de pruebas, fechas y dirección' }).click();
  await page.getByRole('checkbox', { name: /conteo de personas/ }).check();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await page.getByText('Guardado', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'Volver al reto' }).click();
  await page.getByRole('button', { name: 'Enviar para aprobación' }).click();
  await page.getByText('Lo ha enviado usted.').waitFor();
  const approver = await approve(stage, accounts.santanderApprover, id, 'es');
  await approver.getByRole('link', { name: 'Ver la página pública' }).click();
  await approver.getByRole('heading', { level: 1, name: spanish.Título }).waitFor();
  stage.known.spanishSlug = new URL(approver.url()).pathname.split('/').at(-1);
}

async function fill(page, words) {
  for (const [label, text] of Object.entries(words)) {
    await page
      .getByRole('textbox', { name: new RegExp(`^${label}\\s?[（(](?:必須|obligatorio)`) })
      .fill(text);
  }
}
