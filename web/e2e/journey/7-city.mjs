import { accounts, linkIn, waitForMail } from '../lib/index.mjs';
import { approve } from './approve.mjs';

const officials = [
  { email: 'official@yokosuka.example', name: '横須賀市 担当者', password: '毎朝の坂道をのぼる' },
  { email: 'approver@yokosuka.example', name: '横須賀市 承認者', password: '港から見える島の名' },
];

/** 7a: the admin adds Yokosuka with two officials and a testbed, from the page. */
export async function addCity(stage) {
  const page = await stage.as(accounts.admin, '/admin/cities');
  await page.getByRole('link', { name: 'Add a city' }).click();
  await page.getByRole('heading', { level: 1, name: 'Add a city' }).waitFor();
  await page.getByRole('combobox', { name: /^City/ }).selectOption({ label: 'Yokosuka' });
  await page.getByRole('textbox', { name: /^Time zone/ }).waitFor();
  await page.waitForFunction(
    (zone) => [...document.querySelectorAll('main input')].some((each) => each.value === zone),
    'Asia/Tokyo',
  );
  await page.getByRole('button', { name: 'Add the city' }).click();
  await page.getByRole('heading', { level: 1, name: 'Yokosuka' }).waitFor();

  await page.getByRole('link', { name: 'Offer a testbed' }).click();
  await page.getByRole('heading', { level: 1, name: 'Offer a testbed' }).waitFor();
  await page.getByRole('textbox', { name: /^Name/ }).fill('坂道の多い住宅地');
  await page.getByRole('textbox', { name: /^What can be tried there/ }).fill('急な坂と階段での移動支援。');
  await page.getByRole('textbox', { name: /^Place/ }).fill('汐入地区の三つの坂');
  await page.getByRole('button', { name: 'Save the testbed' }).click();
  await page.getByRole('heading', { level: 3, name: '坂道の多い住宅地' }).waitFor();
  await page.getByText('Add a slot').first().click();
  await page.getByLabel(/^First day/).fill('2031-04-01');
  await page.getByLabel(/^Last day/).fill('2031-06-30');
  await page.getByRole('button', { name: 'Add a slot' }).click();
  await page.getByRole('button', { name: /^Take back / }).waitFor();

  for (const { email, name } of officials) {
    await page.getByRole('textbox', { name: /^E-mail address/ }).fill(email);
    await page.getByRole('textbox', { name: /^Name(?! in)/ }).fill(name);
    await page.getByRole('button', { name: 'Invite as an official' }).click();
    await page.getByText(`${email}: not answered yet`).waitFor();
  }
}

/** 7b: its officials accept, write, approve and publish a challenge, in Japanese. */
export async function newCityPublishes(stage) {
  for (const official of officials) {
    const page = await stage.visit('/', { language: 'ja' });
    await page.goto(linkIn(await waitForMail(stage.server, official.email), '/invitation'));
    await page.getByRole('heading', { level: 1, name: '招待' }).waitFor();
    await page.getByLabel(/^パスワード/).fill(official.password);
    await page.getByRole('button', { name: 'アカウントを作成して承諾する' }).click();
    await page.getByRole('heading', { level: 1, name: '招待を承諾しました' }).waitFor();
  }
  const [author, approver] = officials;
  const page = await stage.as(author.email, '/manage/challenges/new', { ...author, language: 'ja' });
  await page.getByRole('textbox', { name: /^仮のタイトル/ }).fill('坂の上まで、荷物と一緒に');
  await page.getByRole('button', { name: '書き始める' }).click();
  await page.getByRole('link', { name: 'タイトルと概要', exact: true }).click();
  for (const [label, text] of Object.entries({
    概要: '買い物の帰り道、坂の上の家まで荷物を運べずに困っている人を助けてください。',
    課題: '坂の多い地区では、**80歳以上の3人に1人**が買い物を週1回に減らしています。',
    背景: '道幅は2メートル以下で、車は入れません。',
    めざす姿: '- 週2回以上、自分で買い物に行ける',
    提供するもの: '三つの坂と、町内会の集会所。',
    実証の方法: '2週間の実証計画を示してください。',
  })) {
    await page.getByRole('textbox', { name: new RegExp(`^${label}\\s?（必須`) }).fill(text);
  }
  await page.getByText(/に下書きを保存しました/).waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();
  await page.getByRole('link', { name: '条件と知的財産' }).click();
  await page.getByRole('radio', { name: /^権利はチームに残り/ }).check();
  await page.getByRole('button', { name: 'この条件を保存する' }).click();
  await page.getByText('条件を保存しました').first().waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();
  await page.getByRole('link', { name: 'テストベッド・日程・URL' }).click();
  await page.getByRole('checkbox', { name: '坂道の多い住宅地' }).check();
  await page.getByRole('textbox', { name: /^公開ページのURL/ }).fill('up-the-slope');
  await page.getByRole('button', { name: '保存する', exact: true }).click();
  await page.getByText('保存しました', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'チャレンジに戻る' }).click();
  await page.getByRole('button', { name: '承認を依頼する' }).click();
  await page.getByText('承認を依頼しました。').waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await approve(stage, approver.email, id, 'ja', approver);

  const admin = await stage.as(accounts.admin, '/admin/cities/yokosuka');
  const names = admin.getByRole('list', { name: 'Officials' });
  for (const { name, email } of officials) {
    await names.getByRole('listitem').filter({ hasText: name }).filter({ hasText: email }).waitFor();
  }

  const visitor = await stage.visit('/challenges?city=yokosuka');
  await visitor.getByRole('link', { name: '坂の上まで、荷物と一緒に' }).click();
  await visitor.getByRole('heading', { level: 1, name: '坂の上まで、荷物と一緒に' }).waitFor();
  await visitor.getByText('Yokosuka').first().waitFor();
}
