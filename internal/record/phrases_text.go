package record

var phrases = map[string]phrasebook{
	"en": {
		usage: `fieldtrial verify FILE [--key KEY] [--deadline RECEIPT] [--later FILE]... [--lang en|es|ja] [--json]
fieldtrial verify log FILE [--key KEY] [--checkpoint FILE]... [--receipt FILE]...

Checks a file without the server: a receipt, a team's openings, an auditor's bundle, a checkpoint that you
kept, or the whole log.
  --key KEY           the log's published key, or a file that holds it
  --deadline RECEIPT  the receipt of the deadline: says whether the entry was on time
  --later FILE        a later checkpoint with its consistency proof (may be repeated)
  --checkpoint FILE   a checkpoint that you kept: the log must begin with it (may be repeated)
  --receipt FILE      a receipt whose leaf the log must hold (may be repeated)
  --lang, --json      language of the answer; the answer as JSON
Exit code: 0 everything holds, 1 something does not or the entry is late, 2 wrong use.`,
		unreadable: "A file cannot be read",
		sound:      "The receipt holds: exactly this content is in the record.",
		failed:     "The check failed.",
		onTime:     "On time: the entry was recorded before the deadline.",
		late:       "Late: the entry was recorded after the deadline.",
		kind:       "Kind", contest: "Contest", place: "Place", payload: "Content",
		checkpoint: "Checkpoint", key: "Key", file: "File", deadline: "Deadline",
		placeOf:    "%d of %d (counted from 0)",
		pinned:     "The key is the one you gave.",
		unpinned:   "The key comes from the receipt itself. Compare it with the one the contest publishes, or give it with --key.",
		oneHistory: "Both receipts are proven to come from one and the same record.",
		unproven:   "The receipts come from different checkpoints, and nothing here shows that these belong to one record. Fetch the consistency proof and give it with --later.",
		note:       "The checkpoint is signed by the key you gave.",
		later:      "The checkpoint of %d leaves (%s) only adds to this record.",
		codes: map[Code]string{
			CodeReceiptMalformed:     "The file is not a receipt, or it was damaged.",
			CodeKeyMalformed:         "The verifier key is not valid.",
			CodeKeyOther:             "The receipt was signed by another key than the one you gave.",
			CodeCheckpointMalformed:  "The checkpoint inside is not valid.",
			CodeSignatureMissing:     "The checkpoint is not signed by the key that the receipt names.",
			CodeSignatureWrong:       "The signature does not match: the checkpoint was changed.",
			CodeNotIncluded:          "The record does not hold this content: the receipt's content, place or proof was changed.",
			CodeConsistencyMalformed: "The consistency file is not valid.",
			CodeInconsistent:         "Two signed checkpoints contradict each other. Keep both files: they prove that the record was tampered with.",
			CodeUnrelated:            "The files do not belong together.",
			CodeLate:                 "The entry comes after the deadline in the record.",
			CodeLogMalformed:         "The file is not a log, or it was damaged.",
		},
	},
	"es": {
		usage: `fieldtrial verify ARCHIVO [--key CLAVE] [--deadline RECIBO] [--later ARCHIVO]... [--lang en|es|ja] [--json]
fieldtrial verify log ARCHIVO [--key CLAVE] [--checkpoint ARCHIVO]... [--receipt ARCHIVO]...

Comprueba un archivo sin el servidor: un recibo, las aperturas de un equipo, un paquete de auditoría, un
punto de control guardado o el registro completo.
  --key CLAVE           la clave publicada del registro, o un archivo que la contiene
  --deadline RECIBO     el recibo del cierre: indica si la candidatura llegó a tiempo
  --later ARCHIVO       un punto de control posterior con su prueba de coherencia (se puede repetir)
  --checkpoint ARCHIVO  un punto de control guardado: el registro debe empezar por él (se puede repetir)
  --receipt ARCHIVO     un recibo cuya hoja debe constar en el registro (se puede repetir)
  --lang, --json        idioma de la respuesta; la respuesta en JSON
Código de salida: 0 todo es válido, 1 algo no lo es o la candidatura llegó tarde, 2 uso incorrecto.`,
		unreadable: "No se puede leer un archivo",
		sound:      "El recibo es válido: exactamente este contenido consta en el registro.",
		failed:     "La comprobación ha fallado.",
		onTime:     "A tiempo: la candidatura se registró antes del cierre del plazo.",
		late:       "Fuera de plazo: la candidatura se registró después del cierre.",
		kind:       "Tipo", contest: "Concurso", place: "Posición", payload: "Contenido",
		checkpoint: "Punto de control", key: "Clave", file: "Archivo", deadline: "Cierre del plazo",
		placeOf:    "%d de %d (contando desde 0)",
		pinned:     "La clave es la que se ha indicado.",
		unpinned:   "La clave procede del propio recibo. Conviene compararla con la que publica el concurso o indicarla con --key.",
		oneHistory: "Está probado que ambos recibos proceden de un mismo registro.",
		unproven:   "Los recibos proceden de puntos de control distintos y nada de lo aportado prueba que pertenezcan a un mismo registro. Se puede descargar la prueba de coherencia e indicarla con --later.",
		note:       "El punto de control está firmado con la clave indicada.",
		later:      "El punto de control de %d hojas (%s) no hace más que ampliar este registro.",
		codes: map[Code]string{
			CodeReceiptMalformed:     "El archivo no es un recibo o está dañado.",
			CodeKeyMalformed:         "La clave de verificación no es válida.",
			CodeKeyOther:             "El recibo está firmado con una clave distinta de la indicada.",
			CodeCheckpointMalformed:  "El punto de control que contiene no es válido.",
			CodeSignatureMissing:     "El punto de control no está firmado con la clave que nombra el recibo.",
			CodeSignatureWrong:       "La firma no coincide: el punto de control ha sido modificado.",
			CodeNotIncluded:          "Este contenido no consta en el registro: se ha modificado el contenido, la posición o la prueba del recibo.",
			CodeConsistencyMalformed: "El archivo de coherencia no es válido.",
			CodeInconsistent:         "Dos puntos de control firmados se contradicen. Conviene conservar ambos archivos: prueban que el registro ha sido manipulado.",
			CodeUnrelated:            "Los archivos no guardan relación entre sí.",
			CodeLate:                 "En el registro, la candidatura figura después del cierre.",
			CodeLogMalformed:         "El archivo no es un registro o está dañado.",
		},
	},
	"ja": {
		usage: `fieldtrial verify ファイル [--key 鍵] [--deadline 受領証] [--later ファイル]... [--lang en|es|ja] [--json]
fieldtrial verify log ファイル [--key 鍵] [--checkpoint ファイル]... [--receipt ファイル]...

サーバーに接続せずにファイルを検証します。受領証、チームの開示ファイル、監査用ファイル、保存しておいた
チェックポイント、記録全体に対応しています。
  --key 鍵             公開されている記録の検証鍵、またはそれを収めたファイル
  --deadline 受領証    締切の受領証。応募が締切に間に合ったかどうかを判定します
  --later ファイル     後のチェックポイントと整合性証明（複数指定できます）
  --checkpoint ファイル 保存しておいたチェックポイント。記録がそこから始まることを確かめます（複数指定できます）
  --receipt ファイル   記録に含まれているはずの受領証（複数指定できます）
  --lang, --json       表示言語、JSON 形式での出力
終了コード: 0 すべて有効、1 無効なものがある、または締切後、2 使い方の誤り`,
		unreadable: "ファイルを読み込めません",
		sound:      "受領証は有効です。この内容がそのまま記録されています。",
		failed:     "検証に失敗しました。",
		onTime:     "締切に間に合っています。応募は締切より前に記録されました。",
		late:       "締切後の応募です。応募は締切より後に記録されました。",
		kind:       "種類", contest: "コンテスト", place: "位置", payload: "内容",
		checkpoint: "チェックポイント", key: "検証鍵", file: "ファイル", deadline: "締切",
		placeOf:    "%d 番（0 から数えて、全 %d 件）",
		pinned:     "指定された検証鍵と一致しています。",
		unpinned:   "検証鍵は受領証に書かれているものです。コンテストが公開している鍵と照合するか、--key で指定してください。",
		oneHistory: "二つの受領証が同一の記録によるものであることが証明されています。",
		unproven:   "二つの受領証のチェックポイントは異なり、同一の記録であることはまだ証明されていません。整合性証明を取得し、--later で指定してください。",
		note:       "チェックポイントは指定された鍵で署名されています。",
		later:      "%d 件のチェックポイント（%s）は、この記録に追加しただけのものです。",
		codes: map[Code]string{
			CodeReceiptMalformed:     "受領証ではないか、ファイルが壊れています。",
			CodeKeyMalformed:         "検証鍵の形式が正しくありません。",
			CodeKeyOther:             "指定された鍵とは別の鍵で署名されています。",
			CodeCheckpointMalformed:  "受領証に含まれるチェックポイントの形式が正しくありません。",
			CodeSignatureMissing:     "受領証に書かれた鍵による署名がありません。",
			CodeSignatureWrong:       "署名が一致しません。チェックポイントが書き換えられています。",
			CodeNotIncluded:          "この内容は記録に含まれていません。内容、位置、または証明が書き換えられています。",
			CodeConsistencyMalformed: "整合性証明のファイルの形式が正しくありません。",
			CodeInconsistent:         "署名された二つのチェックポイントが矛盾しています。記録が改ざんされた証拠ですので、両方のファイルを保管してください。",
			CodeUnrelated:            "ファイルどうしの組み合わせが正しくありません。",
			CodeLate:                 "記録上、応募は締切より後にあります。",
			CodeLogMalformed:         "記録のファイルではないか、壊れています。",
		},
	},
}
