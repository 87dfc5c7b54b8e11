/** A challenge as an official of Fujisawa writes it, by the label of its field; the rest is the template's. */
export const sections = {
  タイトル: '夏の海岸で、混む前に行き先を選べるように',
  概要: '海水浴客が集まる夏の週末に、駅と海岸の混み具合を早めに伝え、だれもが安心して過ごせる方法を募集します。',
  課題:
    '7月と8月の週末、片瀬江ノ島駅から海岸までの道は、午前10時から正午にかけて人と車でいっぱいになります。\n\n' +
    '- ベビーカーや車いすの方が歩道を通れません\n' +
    '- 救急車の到着に平日の2倍の時間がかかることがあります\n' +
    '- 近くに住む人は、混雑する時間に買い物へ出られません\n\n' +
    '混み具合は現地に着くまで分からず、来る人も住む人も予定を変えられません。',
  背景:
    '市は2019年から駅前と海岸に人流センサーを置き、清掃車で空気の質も測っています。観光協会はホームページで駐車場の' +
    '空きを知らせていますが、日本語だけで、更新は1時間に1回です。個人を特定できる映像は使えません。',
  めざす姿:
    '- 混む時間帯に来る人が1割減る\n- 車いすの方が通れる道を事前に選べる\n- 外国から来た方にも同じ情報が届く',
  提供するもの:
    '駅前と海岸の人流センサーのデータ、清掃車が測った空気の質のデータ、案内板を置く場所3か所、担当者1名（平日9時から' +
    '17時）を用意します。通信費と機器の費用は応募者の負担です。',
  実証の方法:
    '応募の段階では、画面の例か2分以内の動画を見せてください。テストベッドでは、夏の週末4回で、混み具合の予測と実際の' +
    '人数を比べます。',
};

/** A yes/no question that every team answers. */
export const eligibility = {
  text: '日本の個人情報保護法に従って実証を行えますか。',
  explanation: '海岸での実証には、この法律に従うことが必要です。不明な点は、質問のページでお尋ねください。',
};

/** A question added to the application form, and a link beside the challenge. */
export const question = '海岸での安全をどのように確保しますか';
export const resource = { title: '海岸の地図', url: 'https://map.fujisawa.example/kaigan' };
/** What the second official asks for, and the sentence that mends it. */
export const edit = '提供するデータの期間も書いてください。';
export const mended = 'データは過去3年分です。';
