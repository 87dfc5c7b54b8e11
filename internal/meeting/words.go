package meeting

import (
	"fieldtrial/internal/award"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/lang"
)

// phrasebook is what the minutes say in one language.
type phrasebook struct {
	title, challenge, place, opened, closed, secretary string
	quorum, quorumOf                                   string // quorum, members, present
	people, member, chair, official                    string
	guests, notes                                      string
	order                                              string
	rank, unranked                                     string // rank, score, reviews
	pitched, final                                     string // after a pitch round: rank, pitch, both rounds
	away, conflict, discussion                         string
	votes                                              string // for, against, abstain, voters, quorum
	proposal, placed, reason, host                     string // placed: outcome, place
	presence                                           map[Presence]string
	orders                                             map[contest.Order]string
	outcomes                                           map[award.Outcome]string
}

func (w phrasebook) capacity(p Person) string {
	switch {
	case p.Chair:
		return w.chair
	case p.Member:
		return w.member
	}
	return w.official
}

var phrases = map[lang.Tag]phrasebook{
	lang.EN: {
		title: "MINUTES OF THE MEETING OF THE JURY", challenge: "Challenge", place: "Place", opened: "Opened", closed: "Closed", secretary: "Secretary",
		quorum: "Quorum", quorumOf: "%d of %d members; present: %d",
		people: "Attendance", member: "member of the jury", chair: "chair", official: "official of the host city, without a vote",
		guests: "Also present, without a vote", notes: "Remarks",
		order: "Order of the entries", rank: "Rank by the jury’s scores: %d (%.2f points, reviews: %d)", unranked: "Not ranked (reviews: %d)",
		pitched: "Final rank after the pitches: %d (pitch %.2f, both rounds %.2f points)", final: "Final rank after the pitches: %d",
		away: "Left the room because of a conflict of interest", conflict: "Conflict found in the meeting", discussion: "Discussion",
		votes: "Vote: for %d, against %d, abstentions %d (entitled and present: %d, quorum: %d)", proposal: "The jury recommends", placed: "%s, place %d",
		reason: "Reason for departing from the ranking", host: "The jury recommends. The host of the prize decides, and gives public reasons where it departs from the recommendation.",
		presence: map[Presence]string{Present: "present", Remote: "present remotely", Left: "left before the end", Excused: "excused", Absent: "absent"},
		orders:   map[contest.Order]string{contest.ByRaw: "by the raw mean of the totals, as chosen before opening", contest.ByCalibrated: "by the calibrated score, as chosen before opening"},
		outcomes: map[award.Outcome]string{award.Winner: "winner", award.Reserve: "reserve", award.NotSelected: "not selected"},
	},
	lang.ES: {
		title: "ACTA DE LA REUNIÓN DEL JURADO", challenge: "Reto", place: "Lugar", opened: "Apertura de la sesión", closed: "Cierre de la sesión", secretary: "Secretaría",
		quorum: "Quórum", quorumOf: "%d de %d miembros; presentes: %d",
		people: "Asistentes", member: "vocal", chair: "presidencia", official: "responsable municipal, sin voto",
		guests: "Asisten además, sin voto", notes: "Observaciones",
		order: "Orden de las candidaturas", rank: "Puesto según las puntuaciones del jurado: %d (%.2f puntos, evaluaciones: %d)", unranked: "Sin clasificar (evaluaciones: %d)",
		pitched: "Puesto final tras las presentaciones: %d (presentación %.2f, ambas rondas %.2f puntos)", final: "Puesto final tras las presentaciones: %d",
		away: "Se ausenta de la sala por conflicto de intereses", conflict: "Conflicto advertido en la reunión", discussion: "Deliberación",
		votes: "Votación: a favor %d, en contra %d, abstenciones %d (con derecho a voto y presentes: %d, quórum: %d)", proposal: "El jurado propone", placed: "%s, puesto %d",
		reason: "Motivo para apartarse de la clasificación", host: "El jurado propone. La entidad que otorga el premio resuelve y motiva públicamente toda decisión que se aparte de la propuesta.",
		presence: map[Presence]string{Present: "presente", Remote: "presente a distancia", Left: "se ausentó antes del final", Excused: "excusa su asistencia", Absent: "ausente"},
		orders:   map[contest.Order]string{contest.ByRaw: "por la media simple de los totales, según se eligió antes de la apertura", contest.ByCalibrated: "por la puntuación calibrada, según se eligió antes de la apertura"},
		outcomes: map[award.Outcome]string{award.Winner: "ganadora", award.Reserve: "reserva", award.NotSelected: "no seleccionada"},
	},
	lang.JA: {
		title: "審査会議事録", challenge: "チャレンジ", place: "場所", opened: "開会", closed: "閉会", secretary: "書記",
		quorum: "定足数", quorumOf: "%d名（委員%d名中）、出席%d名",
		people: "出席者", member: "審査員", chair: "審査委員長", official: "開催都市の担当者（議決権なし）",
		guests: "その他の出席者（議決権なし）", notes: "特記事項",
		order: "応募の順序", rank: "審査による順位：第%d位（%.2f点、審査%d件）", unranked: "順位なし（審査%d件）",
		pitched: "ピッチ審査後の最終順位：第%d位（ピッチ%.2f点、合計%.2f点）", final: "ピッチ審査後の最終順位：第%d位",
		away: "利益相反のため退席", conflict: "会議中に判明した利益相反", discussion: "審議内容",
		votes: "採決：賛成%d、反対%d、棄権%d（議決権のある出席者%d名、定足数%d名）", proposal: "審査会の推薦", placed: "%s 第%d位",
		reason: "順位と異なる推薦の理由", host: "審査会は推薦を行います。決定は賞を提供する開催者が行い、推薦と異なる決定をする場合は理由を公表します。",
		presence: map[Presence]string{Present: "出席", Remote: "オンライン出席", Left: "途中退席", Excused: "欠席（届出あり）", Absent: "欠席"},
		orders:   map[contest.Order]string{contest.ByRaw: "合計点の単純平均による（募集開始前に決定）", contest.ByCalibrated: "補正後の点数による（募集開始前に決定）"},
		outcomes: map[award.Outcome]string{award.Winner: "採択", award.Reserve: "補欠", award.NotSelected: "不採択"},
	},
}
